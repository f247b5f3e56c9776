import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ejs from 'ejs';
import { ejsEngine } from '../../src/lib/views';
import { pageLocals } from '../components/render';
import { componentOf, SAMPLES } from '../components/samples';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-views-'));
const views: Record<string, string> = {
  'page.ejs': `<%# title, people, optional? -%>
<% const shown = people.filter(({ age }) => age > 17); let name = 'not a value'; -%>
<%- include('parts/top', { title }) %>
<% for (const { name: who, ...rest } of shown) { -%>
<li><%= who %> <%= JSON.stringify(rest) %> <%- include('parts/age', rest) %></li>
<% } -%>
<%= name %> <%= locals.optional ? optional : 'none' %> <%= Math.max(...people.map((one) => one.age)) %> <%= \`\${title}!\` %> <%= null %><%= 0 %>`,
  'parts/top.ejs': `<h1 class="<%= locals.wide ? 'wide' : '' %>"><%= title %></h1><%- include('line') -%>`,
  'parts/line.ejs': '<hr><%% not code %>',
  'parts/age.ejs': `<% const age2 = age * 2; { const age = age2; -%><%= age %><% } -%> <%_ if (locals.title) { _%> <%= title %> <%_ } _%>`,
  'of.ejs': `<% for (const one of of) { %><%= one %><% } %>`,
  'broken.ejs': `<p>\n<%= missing.value %></p>`,
};
for (const [file, text] of Object.entries(views)) {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
}
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const engine = ejsEngine(folder);
const render = (view: string, values: object) =>
  new Promise<string>((resolve, reject) => {
    engine(path.join(folder, view), values, (error, html) => (error ? reject(error) : resolve(html ?? '')));
  });

const VALUES = {
  title: `Aino & "Pekka" <b>'s`,
  people: [
    { name: 'Aino', age: 34 },
    { name: 'Lapsi', age: 7 },
    { name: '<Pekka>', age: 61 },
  ],
};

it('renders what plain EJS renders', async () => {
  const plain = (values: object) => ejs.renderFile(path.join(folder, 'page.ejs'), values, { views: [folder] });
  for (const values of [VALUES, { ...VALUES, optional: 1, wide: true }, { ...VALUES, people: [] }])
    expect(await render('page.ejs', values)).toBe(await plain(values));
});

it('knows a value by the name of', async () => {
  expect(await render('of.ejs', { of: ['a', 'b'] })).toBe('ab');
});

it('gives each reader their own values', async () => {
  expect(await render('parts/top.ejs', { title: 'one' })).toContain('one');
  expect(await render('parts/top.ejs', { title: 'two' })).toContain('two');
  expect(await render('parts/top.ejs', {})).toContain('<h1 class=""></h1>');
});

it('says where a page broke', async () => {
  await expect(render('broken.ejs', {})).rejects.toThrow(/broken\.ejs:2: /);
});

it.each(Object.keys(SAMPLES))('draws the component %s as plain EJS does', async (sample) => {
  const file = path.resolve('views', 'components', `${componentOf(sample)}.ejs`);
  const values = { ...pageLocals(), ...SAMPLES[sample] };
  const ours = await new Promise((resolve, reject) => {
    ejsEngine(path.resolve('views'))(file, values, (error, html) => (error ? reject(error) : resolve(html)));
  });
  expect(ours).toBe(await ejs.renderFile(file, values, { views: [path.resolve('views')] }));
});
