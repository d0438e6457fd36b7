import { ratio } from './statistics.mjs'

/** @import { Row, Verdict } from './types.d.ts' */

const COMPOSITE = 'composite-'
const COPYING = new Set(['smart-trim', 'keyframe-trim', 'windowed-overlay'])

export const ROW_HEADINGS = ['Row', 'Wall s:', 'CPU s:', 'Peak MiB:', 'Ratio:', 'Runs:']
export const GOAL_HEADINGS = ['Goal', 'Measured:', 'Limit:', '']

/** @param {readonly Row[]} rows */
export function rowCells(rows) {
  return rows.map((row) => [
    row.title,
    number(row.wall_s, 2),
    number(row.cpu_s, 1),
    number(row.peak_mib, 0),
    times(timesFaster(row, rows)),
    String(row.runs.length),
  ])
}

/**
 * By what factor the platform is faster than this row, or this row of the platform's than a full re-encode.
 * @param {Row} row
 * @param {readonly Row[]} rows
 */
function timesFaster(row, rows) {
  const wallOf = (/** @type {string} */ id) => rows.find((other) => other.id === id)?.wall_s
  if (row.id.startsWith(COMPOSITE)) return ratio(row.wall_s, wallOf(`${COMPOSITE}platform`))
  return COPYING.has(row.id) ? ratio(wallOf('full-reencode'), row.wall_s) : null
}

/** @param {readonly Verdict[]} goals */
export function goalCells(goals) {
  return goals.map(({ name, value, limit, met }) => [
    name,
    value === null ? '–' : String(value),
    limit,
    met === null ? 'not measured' : met ? 'met' : 'missed',
  ])
}

/**
 * @param {number | null} value
 * @param {number} digits
 */
function number(value, digits) {
  return value === null ? '' : value.toFixed(digits)
}

/** @param {number | null} value */
function times(value) {
  return value === null ? '' : `${value.toFixed(2)} ×`
}
