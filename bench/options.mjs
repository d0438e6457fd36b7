import { parseArgs } from 'node:util'

/**
 * The rows in the order in which they are shown, by the group that measures them.
 * @type {Record<string, readonly string[]>}
 */
export const ROWS_BY_GROUP = {
  composite: [
    'composite-platform',
    'composite-single',
    'composite-parallel',
    'composite-stepwise',
    'composite-peertube',
  ],
  'ten-minutes': ['full-reencode', 'smart-trim', 'keyframe-trim', 'windowed-overlay'],
  latency: ['latency'],
  previews: ['preview'],
  'four-k': ['four-k'],
  transfers: ['upload', 'download'],
  load: ['status-requests', 'submissions'],
  scaling: ['scaling'],
}

export const ROWS = Object.values(ROWS_BY_GROUP).flat()

export const USAGE = `npm run bench [-- --input FILE] [--only row,row] [--quick] [--repeat N]

  --input FILE    material: a video of 1 s or more
  --only row,row  only these rows or groups of rows; nothing is written to bench/
  --quick         short clips and small pictures, to see whether it runs; nothing is written to bench/
  --repeat N      repetitions of each row, instead of 3 or 1

Groups: ${Object.keys(ROWS_BY_GROUP).join(', ')}
Rows:   ${ROWS.join(', ')}`

/**
 * @param {string[]} argv
 * @throws Error that says what is wrong with the arguments
 */
export function parseOptions(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      input: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      repeat: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  return {
    input: values.input ?? null,
    rows: values.only === undefined ? ROWS : pickRows(values.only),
    isQuick: values.quick,
    /** Whether this is the whole benchmark at its full size, as it is published. */
    isWhole: values.only === undefined && !values.quick,
    repeat: values.repeat === undefined ? null : toCount(values.repeat),
    wantsHelp: values.help,
  }
}

/** @param {string} text */
function pickRows(text) {
  const names = text.split(',').map((name) => name.trim())
  const picked = new Set(names.flatMap(rowsOf))
  return ROWS.filter((row) => picked.has(row))
}

/** @param {string} name */
function rowsOf(name) {
  if (Object.hasOwn(ROWS_BY_GROUP, name)) return ROWS_BY_GROUP[name] ?? []
  if (ROWS.includes(name)) return [name]
  throw new Error(`There is no row "${name}".`)
}

/** @param {string} text */
function toCount(text) {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`--repeat ${text}: it must be a whole number from 1 on.`)
  }
  return count
}
