import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

/** Hands the real counts, and what failed, to scripts/test.mjs, which prints them last. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env['TEST_TOTALS_FILE']
    if (!file) return
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    // A file that cannot be loaded, and an error outside every test, are failures, too.
    const broken = modules.filter((module) => module.errors().length > 0)
    const failures = [
      ...tests.flatMap((test) => {
        const { state, errors: reasons } = test.result()
        return state === 'failed' ? [line(test.module, test.fullName, reasons[0])] : []
      }),
      ...broken.map((module) => line(module, 'cannot be loaded', module.errors()[0])),
      ...errors.map((error) => `outside every test: ${firstLine(error)}`),
    ]
    writeFileSync(
      file,
      JSON.stringify({
        passed: count('passed'),
        failed: failures.length,
        skipped: count('skipped'),
        failures,
        folders: countFolders(modules),
      }),
    )
  }
}

function line(module: TestModule, name: string, error: unknown): string {
  return `${relative(process.cwd(), module.moduleId)} > ${name}: ${firstLine(error)}`
}

function firstLine(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error
  return String(message).split('\n', 1)[0]?.slice(0, 600) ?? ''
}

/** Counts by folder of `test/`: `render`, `e2e`. */
function countFolders(modules: readonly TestModule[]): Record<string, { passed: number; failed: number }> {
  const folders: Record<string, { passed: number; failed: number }> = {}
  for (const module of modules) {
    const [, folder = ''] = relative(process.cwd(), module.moduleId).split('/')
    const counts = (folders[folder] ??= { passed: 0, failed: 0 })
    if (module.errors().length > 0) counts.failed += 1
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed' || state === 'failed') counts[state] += 1
    }
  }
  return folders
}
