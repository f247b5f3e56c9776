import { cleanParams } from '../../src/features/h5p/h5p.cleaning';

const SEMANTICS: Record<string, unknown> = {
  'H5P.Outer-1.0': [
    { name: 'title', type: 'text' },
    { name: 'intro', type: 'text', widget: 'html', tags: ['b', 'table', 'a'] },
    { name: 'texts', type: 'list', field: { name: 'item', type: 'group', fields: [{ name: 'plain', type: 'text' }] } },
    { name: 'inner', type: 'library' },
  ],
  'H5P.Inner-1.1': [{ name: 'name', type: 'text' }],
};

const clean = (params: unknown) => cleanParams(params, 'H5P.Outer-1.0', (folder) => SEMANTICS[folder]);

it('keeps what the field allows and takes the rest away', () => {
  const intro =
    '<p style="text-align:center;position:fixed">a <strong>b</strong></p><table><tr><td>1</td></tr></table>' +
    '<img src="x" onerror="steal()"><a href="javascript:steal()" onclick="steal()">link</a><script>steal()</script>';
  expect(clean({ intro })).toEqual({
    params: {
      intro: '<p style="text-align:center">a <strong>b</strong></p><table><tr><td>1</td></tr></table><a>link</a>',
    },
    changed: 1,
  });
});

it('shows markup as letters where none is allowed, and leaves other signs alone', () => {
  expect(clean({ title: "Don't <b>shout</b>: 1 < 2 & 3 > 2" }).params).toEqual({
    title: "Don't &lt;b>shout&lt;/b>: 1 < 2 & 3 > 2",
  });
});

it('goes into lists, groups and contents within the content', () => {
  const params = { texts: [{ plain: '<i>a</i>' }], inner: { library: 'H5P.Inner 1.1', params: { name: '<i>b</i>' } } };
  expect(clean(params).params).toEqual({
    texts: [{ plain: '&lt;i>a&lt;/i>' }],
    inner: { library: 'H5P.Inner 1.1', params: { name: '&lt;i>b&lt;/i>' } },
  });
});

it('takes scripts out of texts that no semantics tell of', () => {
  expect(clean({ unknown: { deep: ['<p>a</p><script>b</script><iframe src="//c"></iframe>'] } }).params).toEqual({
    unknown: { deep: ['<p>a</p>'] },
  });
});

it('leaves everything else as it is', () => {
  const params = { title: 'a', n: 1, yes: true, nothing: null, list: [1, 'b'], intro: '<p>&nbsp;"x"</p>' };
  const { params: same, changed } = clean(params);
  expect(changed).toBe(0);
  expect({ ...(same as object), intro: '' }).toEqual({ ...params, intro: '' });
});
