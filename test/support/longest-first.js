const { statSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** A run is over when its longest file is: that begins first, then what walks the whole product, then the rest by size. */
class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) =>
      path.endsWith('browser/pages.test.ts') ? 0 : /conventions.crawl|browser/.test(path) ? 1 : 2;
    const size = ({ path }) => statSync(path).size;
    return [...tests].sort((a, b) => rank(a) - rank(b) || size(b) - size(a));
  }
}

module.exports = LongestFirst;
