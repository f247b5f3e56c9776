import fs from 'node:fs';
import path from 'node:path';
import ejs from 'ejs';

type Values = Record<string, unknown>;
type Template = (values: Values) => string;
type Include = (name: string, more?: Values) => string;
type Compiled = (locals: Values, escapeFn: (value: unknown) => string, include: Include) => string;

/**
 * EJS as an engine of Express, for pages made of many small parts. Plain EJS looks for each included file again at each
 * request, copies all values for it twice and reads them through `with`, which V8 does not optimise. Here files are found and compiled
 * once and values become constants. A value that a page forgot is empty here, where plain EJS throws; tests run on plain EJS.
 */
export function ejsEngine(folder: string) {
  const templates = new Map<string, Template>();
  const found = new Map<string, Template>();

  /** As EJS finds it: beside the including file, else under the views. */
  function included(name: string, from: string): Template {
    const key = `${path.dirname(from)} ${name}`;
    let template = found.get(key);
    if (!template) {
      const beside = path.resolve(path.dirname(from), `${name}.ejs`);
      template = templateOf(fs.existsSync(beside) ? beside : path.resolve(folder, `${name}.ejs`));
      found.set(key, template);
    }
    return template;
  }

  function templateOf(file: string): Template {
    let template = templates.get(file);
    if (!template) {
      const run = compile(file);
      template = (values) =>
        run(values, escaped, (name, more) => included(name, file)(more ? { ...values, ...more } : values));
      templates.set(file, template);
    }
    return template;
  }

  return (file: string, values: object, done: (error: unknown, html?: string) => void): void => {
    try {
      done(null, templateOf(file)(values as Values));
    } catch (error) {
      done(error);
    }
  };
}

/** The part of EJS that turns the text of a page into the body of a function, which appends to `__output`. */
interface Source {
  source: string;
  generateSource(): void;
}

function compile(file: string): Compiled {
  const text = fs.readFileSync(file, 'utf8');
  const template = new (ejs as unknown as { Template: new (text: string, options: object) => Source }).Template(text, {
    filename: file,
  });
  template.generateSource();
  // The inner block lets a page have constants of its own with the name of a value.
  const body = `let __output = '', __line = 1;
    const __append = (text) => { if (text !== undefined && text !== null) __output += text; };
    ${constants(namesIn(text))}
    try { ${template.source} } catch (error) { error.message = ${JSON.stringify(`${file}:`)} + __line + ': ' + error.message; throw error; }
    return __output;`;
  return new Function('locals', 'escapeFn', 'include', body) as Compiled;
}

const TAG = /<%[-=_]?(?!#)([\s\S]*?)[-_]?%>/g;
/** Words of code that are not behind a dot (three dots are not one). Some are keys or parts of texts: those do no harm. */
const WORD = /(?<![\w$]|(?<!\.\.)\.)[A-Za-z_$][\w$]*/g;
const NOT_VALUES = new Set(
  `break case catch class const continue debugger default delete do else enum export extends false finally for function if
  implements import in instanceof interface let new null package private protected public return static super switch this
  throw true try typeof var void while with yield await arguments eval undefined NaN Infinity include locals
  escapeFn rethrow globalThis`.split(/\s+/),
);

function namesIn(text: string): string[] {
  const code = [...text.matchAll(TAG)].map(([, inside]) => inside).join('\n');
  return [...new Set(code.match(WORD))].filter((word) => !NOT_VALUES.has(word) && !word.startsWith('__'));
}

function constants(names: readonly string[]): string {
  const value = (name: string) =>
    name in globalThis
      ? `${name} = '${name}' in locals ? locals.${name} : globalThis.${name}`
      : `${name} = locals.${name}`;
  return names.length > 0 ? `const ${names.map(value).join(', ')};` : '';
}

const SPECIAL = /[&<>"']/g;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

/** As EJS escapes; most texts have nothing to escape. */
function escaped(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return text.search(SPECIAL) === -1 ? text : text.replace(SPECIAL, (character) => ENTITIES[character] ?? character);
}
