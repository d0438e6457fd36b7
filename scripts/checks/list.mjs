/**
 * @typedef {object} Check
 * @property {string} name
 * @property {readonly string[]} command what Node runs: a script and its arguments. It ends with 0 when all is well.
 */

const BIN = 'node_modules'
const CACHE = 'node_modules/.cache'

/**
 * All that can be said about the code without running it, the longest first.
 * @type {readonly Check[]}
 */
export const CHECKS = [
  {
    name: 'lint',
    command: [
      `${BIN}/eslint/bin/eslint.js`,
      ...['--max-warnings', '0'],
      '--cache',
      ...['--cache-strategy', 'content'],
      ...['--cache-location', `${CACHE}/eslint/`],
      '.',
    ],
  },
  { name: 'types', command: [`${BIN}/typescript/bin/tsc`, '--noEmit', '-p', '.'] },
  {
    name: 'types of the console',
    command: [`${BIN}/typescript/bin/tsc`, '--noEmit', '-p', 'tsconfig.console.json'],
  },
  {
    name: 'format',
    command: [
      `${BIN}/prettier/bin/prettier.cjs`,
      '--check',
      ...['--log-level', 'warn'],
      '--cache',
      ...['--cache-strategy', 'content'],
      // Not the folder that prettier clears when it runs without a cache.
      ...['--cache-location', `${CACHE}/prettier-checked`],
      '.',
    ],
  },
  { name: 'imports', command: ['scripts/rooms.mjs', '--check'] },
  { name: 'unused code', command: [`${BIN}/knip/bin/knip.js`] },
]
