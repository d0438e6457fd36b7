// Runs the static checks and the tests, and prints the real counts last: `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CHECKS = [
  ['types', 'npx', ['--no-install', 'tsc', '--noEmit', '-p', '.']],
  ['lint', 'npx', ['--no-install', 'eslint', '--max-warnings', '0', '.']],
  ['format', 'npx', ['--no-install', 'prettier', '--check', '--log-level', 'warn', '.']],
  ['imports', process.execPath, ['scripts/check-imports.mjs']],
]

const args = process.argv.slice(2)
const totals = { passed: 0, failed: 0, skipped: 0 }

/** With arguments (a file, a name) only those tests run. */
if (args.length === 0) for (const check of CHECKS) runCheck(check)
runTests()
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''
console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`)
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0

function runCheck([name, command, commandArgs]) {
  const startedAt = Date.now()
  const { status } = spawnSync(command, commandArgs, { stdio: 'inherit' })
  const ok = status === 0
  totals[ok ? 'passed' : 'failed'] += 1
  console.log(` ${ok ? '✓' : '✗'} ${name} ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}

function runTests() {
  const dir = mkdtempSync(join(tmpdir(), 'cutroom-test-'))
  const file = join(dir, 'totals.json')
  try {
    const { status } = spawnSync('npx', ['--no-install', 'vitest', 'run', ...args], {
      stdio: 'inherit',
      env: { ...process.env, TEST_TOTALS_FILE: file },
    })
    const counted = JSON.parse(readFileSync(file, 'utf8'))
    for (const key of Object.keys(totals)) totals[key] += counted[key]
    if (status !== 0 && counted.failed === 0) totals.failed += 1
  } catch {
    totals.failed += 1
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
