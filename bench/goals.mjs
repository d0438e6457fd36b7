import { ratio, roundOrNull } from './statistics.mjs'

/**
 * @import { JudgedRow, Verdict } from './types.d.ts'
 * @typedef {Partial<Record<string, JudgedRow>>} RowsById
 * @typedef {object} Goal one of `isAtMost` and `isAtLeast` is there
 * @property {string} name
 * @property {number} [isAtMost]
 * @property {number} [isAtLeast]
 * @property {(rows: RowsById) => number | null} value null where a row is missing
 */

/**
 * What is to be reached.
 * @type {readonly Goal[]}
 */
const GOALS = [
  {
    name: 'Composite edit: platform / best single ffmpeg command, wall',
    isAtMost: 0.92,
    value: (rows) => ratio(wall(rows, 'composite-platform'), wall(rows, 'composite-single')),
  },
  {
    name: "Composite edit: original plan's way / platform, wall",
    isAtLeast: 2.3,
    value: (rows) => ratio(wall(rows, 'composite-stepwise'), wall(rows, 'composite-platform')),
  },
  {
    name: 'Composite edit: platform / best single ffmpeg command, CPU seconds',
    isAtMost: 0.95,
    value: (rows) => ratio(rows['composite-platform']?.cpu_s, rows['composite-single']?.cpu_s),
  },
  {
    name: 'Smart trim of 9 of 10 minutes: full re-encode / platform, wall',
    isAtLeast: 20,
    value: (rows) => ratio(wall(rows, 'full-reencode'), wall(rows, 'smart-trim')),
  },
  {
    name: '10 s overlay on 10 minutes: full re-encode / platform, wall',
    isAtLeast: 8,
    value: (rows) => ratio(wall(rows, 'full-reencode'), wall(rows, 'windowed-overlay')),
  },
  {
    name: '1 s job at one quality: platform − ffmpeg, ms',
    isAtMost: 400,
    value: (rows) => rows.latency?.overhead_ms ?? null,
  },
  {
    name: 'Preview of the composite edit at 1080p: wall, s',
    isAtMost: 0.7,
    value: (rows) => wall(rows, 'preview'),
  },
  {
    name: '2160p in four qualities on two slots: memory of all processes, MiB',
    isAtMost: 4000,
    value: (rows) => rows['four-k']?.peak_mib ?? null,
  },
  {
    name: '2 GB: upload / copying, speed',
    isAtLeast: 0.6,
    value: (rows) => rows.upload?.of_copying ?? null,
  },
  {
    name: '2 GB: download / copying, speed',
    isAtLeast: 0.6,
    value: (rows) => rows.download?.of_copying ?? null,
  },
  {
    name: 'GET /jobs/status/{id} while two encodes run: requests a second',
    isAtLeast: 500,
    value: (rows) => rows['status-requests']?.requests_per_s ?? null,
  },
  {
    name: 'GET /jobs/status/{id} while two encodes run: p99, ms',
    isAtMost: 50,
    value: (rows) => rows['status-requests']?.p99_ms ?? null,
  },
  {
    name: 'Efficiency at the most stand-in slots (64)',
    isAtLeast: 0.9,
    value: (rows) => rows.scaling?.steps?.find(({ slots }) => slots === 64)?.efficiency ?? null,
  },
]

/**
 * @param {readonly JudgedRow[]} rows
 * @returns {Verdict[]} one for each goal
 */
export function judgeGoals(rows) {
  const byId = Object.fromEntries(rows.map((row) => [row.id, row]))
  return GOALS.map((goal) => {
    const value = roundOrNull(goal.value(byId), 3)
    return { name: goal.name, limit: limitOf(goal), value, met: value === null ? null : isMet(goal, value) }
  })
}

/** @param {Goal} goal */
function limitOf({ isAtMost, isAtLeast }) {
  return isAtMost === undefined ? `≥ ${isAtLeast}` : `≤ ${isAtMost}`
}

/**
 * @param {Goal} goal
 * @param {number} value
 */
function isMet({ isAtMost = Infinity, isAtLeast = -Infinity }, value) {
  return value <= isAtMost && value >= isAtLeast
}

/**
 * @param {RowsById} rows
 * @param {string} id
 */
function wall(rows, id) {
  return rows[id]?.wall_s ?? null
}
