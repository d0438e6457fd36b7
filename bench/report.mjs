import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GOAL_HEADINGS, goalCells, ROW_HEADINGS, rowCells } from './cells.mjs'
import { formatReadme } from './readme.mjs'
import { plainTable } from './table.mjs'

/** @import { Print, Results } from './types.d.ts' */

/**
 * @param {Results} results
 * @param {Print} print
 */
export function printReport({ rows, goals, checks }, print) {
  print(`\n${plainTable(ROW_HEADINGS, rowCells(rows))}`)
  print(`\n${plainTable(GOAL_HEADINGS, goalCells(goals))}\n`)
  for (const { name, ok, detail } of checks) {
    print(`${ok === null ? '–' : ok ? '✓' : '✗'} ${name}${detail ? ` (${detail})` : ''}`)
  }
}

/**
 * Writes `results.json` and `README.md`, formatted as the rest of the tree is.
 * @param {string} folder
 * @param {Results} results
 */
export async function writeReport(folder, results) {
  const prettier = await import('prettier')
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'results.json')
  const options = { ...(await prettier.resolveConfig(file)), filepath: file }
  await writeFile(file, await prettier.format(JSON.stringify(results), options))
  await writeFile(join(folder, 'README.md'), formatReadme(results))
}
