import { join } from 'node:path'
import { ROOT, run } from '../scripts/platform/tools.mjs'
import { parseJson } from '../scripts/setup/files.mjs'

const AUTOCANNON = join(ROOT, 'node_modules/autocannon/autocannon.js')

/** @import { LoadReport } from './types.d.ts' */

/**
 * Runs autocannon as a process of its own.
 * @param {object} load
 * @param {string} load.url
 * @param {number} load.connections
 * @param {{ requests: number } | { durationSec: number }} load.length
 * @param {object} [load.body] JSON to POST; without it, GET
 */
export async function generateLoad({ url, connections, length, body }) {
  const args = ['--json', '--no-progress', '-c', String(connections)]
  if ('requests' in length) args.push('-a', String(length.requests))
  else args.push('-d', String(length.durationSec))
  if (body) args.push('-m', 'POST', '-H', 'content-type: application/json', '-b', JSON.stringify(body))
  const text = await run(process.execPath, [AUTOCANNON, ...args, url])
  return summariseLoad(/** @type {LoadReport} */ (parseJson(text)))
}

/**
 * What counts of autocannon's report. Requests a second: all that were answered well, over the whole time.
 * @param {LoadReport} report
 */
export function summariseLoad(report) {
  const { latency, duration, errors, timeouts, non2xx } = report
  return {
    requestsPerSec: report['2xx'] / duration,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    answered: report['2xx'],
    failed: errors + timeouts + non2xx,
  }
}
