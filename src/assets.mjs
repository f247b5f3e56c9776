// Makes what the browser gets from what the packages give: stylesheet, fonts, H5P player. Does nothing when all is fresh.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = path.join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

buildCss('theme', 'oppiva');
buildCss('authoring', 'authoring');
buildCss('shared', 'shared');
copyFresh('@fontsource-variable/atkinson-hyperlegible-next', 'files', 'public/fonts', [
  'atkinson-hyperlegible-next-latin-wght-normal.woff2',
  'atkinson-hyperlegible-next-latin-ext-wght-normal.woff2',
]);
copyFresh('h5p-standalone', 'dist', 'public/h5p-player', [
  'main.bundle.js',
  'main.bundle.js.LICENSE.txt',
  'frame.bundle.js',
  'styles',
  'fonts',
  'images',
]);

copyFresh('leaflet', 'dist', 'public/leaflet', ['leaflet-src.esm.js', 'leaflet.css', 'images']);
copyFresh('idb', 'build', 'public/idb', ['umd.js']);
copyFresh('@simplewebauthn/browser', 'dist/bundle', 'public/js/simplewebauthn', ['index.umd.min.js']);

bundleFresh('src/editor', 'main.ts', 'public/js/editor/page.js', [
  '@tiptap/core',
  '@tiptap/pm',
  '@tiptap/starter-kit',
  'diff',
]);

compressFresh('public');

/** Compiles a style sheet of src/theme to public/css. */
function buildCss(from, to) {
  const target = path.join(root, `public/css/${to}.css`);
  const inputs = [import.meta.filename, packageFile('govuk-frontend'), ...filesUnder(path.join(root, 'src/theme'))];
  if (newest(inputs) <= changedAt(target)) return;

  // Loaded only now: a start with nothing to build should not wait for the compiler.
  const { css } = require('sass').compile(path.join(root, `src/theme/${from}.scss`), {
    style: 'compressed',
    quietDeps: true,
    loadPaths: [nodeModules('govuk-frontend')],
  });
  writeWhole(target, css);
}

/** Copies files and folders of a package, unmodified, unless the copies are of the package's present version. */
function copyFresh(name, from, to, entries) {
  const stamp = path.join(root, to, '.version');
  const wanted = `${JSON.parse(fs.readFileSync(packageFile(name), 'utf8')).version} ${entries.join(' ')}`;
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;

  for (const entry of entries) {
    fs.cpSync(path.join(path.dirname(packageFile(name)), from, entry), path.join(root, to, entry), {
      recursive: true,
      dereference: true,
    });
  }
  writeWhole(stamp, wanted);
}

/** One file for the browser from a folder of TypeScript and the packages it uses, whose licences stand beside it. */
function bundleFresh(folder, entry, to, packages) {
  const target = path.join(root, to);
  const inputs = [import.meta.filename, ...packages.map(packageFile), ...filesUnder(path.join(root, folder))];
  if (newest(inputs) <= changedAt(target)) return;

  const { outputFiles } = require('esbuild').buildSync({
    entryPoints: [path.join(root, folder, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
  });
  writeWhole(target, outputFiles[0].contents);
  writeWhole(`${target}.LICENSES.txt`, licencesOfAll(packages).join('\n\n'));
}

function licencesOfAll(packages) {
  const met = new Set();
  return packages.flatMap((name) => licencesOf(name, met));
}

/** The licence of a package and of all that it brings, each once. */
function licencesOf(name, met) {
  if (met.has(name)) return [];
  met.add(name);
  const known = JSON.parse(fs.readFileSync(packageFile(name), 'utf8'));
  const own = path.dirname(packageFile(name));
  const file = fs.readdirSync(own).find((entry) => /^licen[cs]e/i.test(entry));
  const words = file ? fs.readFileSync(path.join(own, file), 'utf8') : known.license;
  const brought = Object.keys(known.dependencies ?? {});
  return [`${name} ${known.version}\n${words}`, ...brought.flatMap((other) => licencesOf(other, met))];
}

/** A small copy beside each text that browsers fetch; the server only chooses among them. */
function compressFresh(folder) {
  const texts = filesUnder(path.join(root, folder)).filter((file) => /\.(css|js|svg)$/.test(file));
  for (const file of texts) {
    const ways = [
      ['.br', (text) => brotliCompressSync(text)],
      ['.gz', (text) => gzipSync(text, { level: 9 })],
    ];
    for (const [ending, compress] of ways)
      if (changedAt(`${file}${ending}`) <= changedAt(file))
        writeWhole(`${file}${ending}`, compress(fs.readFileSync(file)));
  }
}

function nodeModules(name) {
  return packageFile(name).slice(0, -`${name}/package.json`.length);
}

/** Found upwards from here, not by `require.resolve`: some packages do not export their package.json. */
function packageFile(name) {
  for (let folder = root; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'node_modules', name, 'package.json');
    if (fs.existsSync(file)) return file;
    if (folder === path.dirname(folder)) throw new Error(`${name} is not installed. Run npm ci.`);
  }
}

function filesUnder(folder) {
  return fs.readdirSync(folder, { recursive: true }).map((file) => path.join(folder, file));
}

function newest(files) {
  return Math.max(...files.map(changedAt));
}

function changedAt(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** By rename, so that a server started meanwhile never reads half a file. */
function writeWhole(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.part`, text);
  fs.renameSync(`${file}.part`, file);
}
