/**
 * @typedef {object} Check
 * @property {string} name
 * @property {readonly string[]} command what Node runs: a script and its arguments. It ends with 0 when all is well.
 * @property {readonly string[]} [cacheArgs] arguments with which it skips the files that it has found good before
 */

/**
 * All that can be said about the code without running it, the longest first.
 * @type {readonly Check[]}
 */
export const CHECKS = [
  {
    name: 'lint',
    command: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'],
    // A file that is found good stays so until it changes itself, though a type that it imports may have changed.
    cacheArgs: [
      '--cache',
      ...['--cache-strategy', 'content'],
      ...['--cache-location', 'node_modules/.cache/eslint/'],
    ],
  },
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'] },
  {
    name: 'format',
    command: ['node_modules/prettier/bin/prettier.cjs', '.', '--check', '--log-level', 'warn'],
    cacheArgs: [
      '--cache',
      ...['--cache-strategy', 'content'],
      // Not the folder that prettier clears when it runs without a cache.
      ...['--cache-location', 'node_modules/.cache/prettier-checked'],
    ],
  },
  {
    name: 'types of the console',
    command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.console.json'],
  },
  { name: 'imports', command: ['scripts/rooms.mjs', '--check'] },
  { name: 'unused code', command: ['node_modules/knip/bin/knip.js'] },
]
