import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { formatSeconds } from '../setup/report.mjs'
import { CHECKS } from './list.mjs'

/** @import { Check } from './list.mjs' */

const ROOT = join(import.meta.dirname, '../..')

/**
 * Runs all checks, as many at a time as there are cores, and prints a line for each when it ends, after its output
 * when it fails. One that fails stops no other.
 * @param {{ isFresh: boolean }} options `isFresh`: without what is known from earlier runs
 * @returns {Promise<{ passed: number, failed: number, failures: string[] }>} `failures`: their names
 */
export async function runChecks({ isFresh }) {
  const waiting = [...CHECKS]
  const totals = { passed: 0, failed: 0, failures: /** @type {string[]} */ ([]) }
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      if (await runCheck(check, isFresh)) {
        totals.passed += 1
      } else {
        totals.failed += 1
        totals.failures.push(check.name)
      }
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return totals
}

/**
 * @param {Check} check
 * @param {boolean} isFresh
 * @returns {Promise<boolean>} whether all is well
 */
async function runCheck({ name, command, cacheArgs = [] }, isFresh) {
  const since = performance.now()
  const { ok, output } = await run(isFresh ? command : [...command, ...cacheArgs])
  if (!ok) console.error(output.trimEnd())
  console.log(` ${ok ? '✓' : '✗'} ${name} ${formatSeconds(performance.now() - since)}`)
  return ok
}

/**
 * @param {readonly string[]} command
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function run(command) {
  return new Promise((resolve) => {
    // In colour where a person reads it.
    const env = process.stdout.isTTY ? { FORCE_COLOR: '1', ...process.env } : process.env
    const child = spawn(process.execPath, command, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text))
    }
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
}
