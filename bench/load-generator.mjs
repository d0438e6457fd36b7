import { join } from 'node:path'
import { ROOT, run } from '../scripts/platform/tools.mjs'

const AUTOCANNON = join(ROOT, 'node_modules/autocannon/autocannon.js')

/** Runs autocannon as a process of its own, and tells what it found. `amount` requests, or for `durationSec`. */
export async function generateLoad({ url, connections, durationSec, amount, body }) {
  const length = amount === undefined ? ['-d', String(durationSec)] : ['-a', String(amount)]
  const post = body ? ['-m', 'POST', '-H', 'content-type: application/json', '-b', JSON.stringify(body)] : []
  const args = ['--json', '--no-progress', '-c', String(connections), ...length, ...post, url]
  return summariseLoad(JSON.parse(await run(process.execPath, [AUTOCANNON, ...args])))
}

/** What counts of autocannon's findings. Requests a second: all that were answered well, over the whole time. */
export function summariseLoad(found) {
  const { latency, duration, errors, timeouts, non2xx } = found
  return {
    requestsPerSec: found['2xx'] / duration,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    answered: found['2xx'],
    failed: errors + timeouts + non2xx,
  }
}
