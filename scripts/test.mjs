// Runs the static checks and the tests, and prints the real counts last: `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecks } from './checks/run-checks.mjs'
import { readJson } from './setup/files.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Totals */

const args = process.argv.slice(2)

// With arguments (a file, a name) only those tests run.
const checks = args.length === 0 ? await runChecks({ isFresh: true }) : { passed: 0, failed: 0, failures: [] }
const tests = await runTests()
const passed = checks.passed + tests.passed
const failed = checks.failed + tests.failed
// scripts/ci.mjs reads these lines and the last one.
for (const failure of [...checks.failures, ...tests.failures]) console.log(`failed: ${failure}`)
console.log(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

/** @returns {Promise<Totals>} */
async function runTests() {
  const dir = mkdtempSync(join(tmpdir(), 'cutroom-test-'))
  const file = join(dir, 'totals.json')
  try {
    const { status } = spawnSync('npx', ['--no-install', 'vitest', 'run', ...args], {
      stdio: 'inherit',
      env: { ...process.env, TEST_TOTALS_FILE: file },
    })
    const totals = /** @type {Totals | null} */ (await readJson(file))
    if (totals === null) return { passed: 0, failed: 1, skipped: 0, failures: ['vitest gave no result'] }
    return status !== 0 && totals.failed === 0
      ? { ...totals, failed: 1, failures: [`vitest: exit code ${status}`] }
      : totals
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
