// npm run test:ffmpeg [-- --part] [VERSION…]: runs the tests whose results depend on ffmpeg on each version that is
// supported, and prints a table. The last line has the real counts: `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BUILDS, fetchBuild } from './ffmpeg/builds.mjs'
import { PART, SUITES } from './ffmpeg/suites.mjs'
import { messageOf } from './setup/errors.mjs'
import { readJson } from './setup/files.mjs'

/**
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {{ folders: Record<string, Counts>, failures: readonly string[] }} Totals
 */

const args = process.argv.slice(2)
const files = args.includes('--part') ? PART : SUITES.map((suite) => `test/${suite}`)
const wanted = args.filter((arg) => arg !== '--part')
const builds = BUILDS.filter(({ version }) => wanted.length === 0 || wanted.includes(version))

/** @type {Map<string, Totals>} */
const results = new Map()
for (const build of builds) {
  console.log(`On ffmpeg ${build.version}:`)
  results.set(build.version, await testOn(build))
}
print(results)

/**
 * @param {import('./ffmpeg/builds.mjs').Build} build
 * @returns {Promise<Totals>}
 */
async function testOn(build) {
  const dir = mkdtempSync(join(tmpdir(), 'cutroom-test-'))
  const file = join(dir, 'totals.json')
  try {
    const { ffmpeg, ffprobe } = await fetchBuild(build)
    spawnSync('npx', ['--no-install', 'vitest', 'run', ...files], {
      stdio: 'inherit',
      env: { ...process.env, FFMPEG_PATH: ffmpeg, FFPROBE_PATH: ffprobe, TEST_TOTALS_FILE: file },
    })
    const totals = /** @type {Totals | null} */ (await readJson(file))
    return totals ?? broken('vitest gave no result')
  } catch (error) {
    return broken(messageOf(error))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/**
 * @param {string} reason
 * @returns {Totals}
 */
function broken(reason) {
  return { folders: { '': { passed: 0, failed: 1 } }, failures: [reason] }
}

/** @param {ReadonlyMap<string, Totals>} results */
function print(results) {
  const sum = { passed: 0, failed: 0 }
  console.log(['version', ...SUITES].map((word) => word.padEnd(14)).join(''))
  for (const [version, { folders }] of results) {
    const cells = SUITES.map((suite) => {
      const counts = folders[suite]
      if (!counts) return '–'
      return counts.failed === 0 ? `${counts.passed}` : `${counts.passed} (✗ ${counts.failed})`
    })
    console.log([version, ...cells].map((word) => word.padEnd(14)).join(''))
    for (const { passed, failed } of Object.values(folders)) {
      sum.passed += passed
      sum.failed += failed
    }
  }
  for (const [version, { failures }] of results) {
    for (const failure of failures) console.log(`failed: ffmpeg ${version}: ${failure}`)
  }
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
  process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0
}
