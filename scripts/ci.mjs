// What CI runs: all checks and all tests on the Node that the image has; then a part of the tests on the machine's own
// Node, where that is an older one; then a part on each other version of ffmpeg, as far as its time goes. The last line
// counts all of it: `N passed, N failed`.
import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { BUILDS } from './ffmpeg/builds.mjs'
import { messageOf } from './setup/errors.mjs'
import { isExecutable, lastLines, run } from './setup/run.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

const ROOT = join(import.meta.dirname, '..')
/** The version is exact, so that each run of a commit has the same. The Dockerfile has the same major. */
const NODE = '24.22.3'
/** The tests that meet Node itself: servers, streams, files, processes, and the packages with native code. */
const ON_OLD_NODE = [
  ...['--project', 'media', '--project', 'parts'],
  'test/children',
  'test/http',
  'test/media/process',
  'test/platform',
  'test/scripts',
  'test/storage',
  'test/temporal',
  'test/workflows',
]

/** CI is ended after 90 minutes. A version of ffmpeg is only begun when its tests would end before this time. */
const VERSIONS_END_MIN = 75
/** Minutes that the part takes on one version, until one of them has shown it. Seen: 6 to 10. */
const USUAL_VERSION_MIN = 10

/** How long `test/attack` takes. Alone, `npm test` has a shorter form. */
const ATTACK_MIN = 5

const totals = { passed: 0, failed: 0, skipped: 0 }
/** @type {string[]} */
const failures = []
try {
  if (Number(process.versions.node.split('.')[0]) >= Number(NODE.split('.')[0])) {
    await test(process.execPath, [])
  } else {
    await test(await getNode(), [])
    await test(process.execPath, ON_OLD_NODE)
  }
  await testVersions()
} catch (error) {
  console.error(messageOf(error))
  totals.failed += 1
}
// Once more at the end, because a log of this length is read from there.
for (const failure of failures) console.log(failure)
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''
console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`)
process.exitCode = totals.failed > 0 ? 1 : 0

/**
 * The Node of the image, from npm. It is kept beside the Temporal server of set-up.
 * @returns {Promise<string>} its path
 */
async function getNode() {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cutroom', `node-${NODE}`)
  const name = `node-${process.platform}-${process.arch}`
  const node = join(cache, 'node_modules', name, 'bin', 'node')
  if (await isExecutable(node)) return node
  const args = ['install', '--prefix', cache, '--no-save', '--ignore-scripts', `${name}@${NODE}`]
  const { code, output } = await run('npm', args)
  if (code !== 0) throw new Error(`Node ${NODE} could not be installed:\n${lastLines(output, 5)}`)
  return node
}

/**
 * Runs `npm test` on a Node, and adds its counts to the totals.
 * @param {string} node
 * @param {readonly string[]} args
 */
async function test(node, args) {
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
    ATTACK_MINUTES: String(ATTACK_MIN),
  }
  console.log(`On Node ${(await run(node, ['--version'])).stdout.trim()}:`)
  count(await runThrough('npm', ['test', '--', ...args], env))
}

/** Tests a part on each version of ffmpeg, the newest first. */
async function testVersions() {
  let versionMin = USUAL_VERSION_MIN
  for (const { version } of BUILDS.toReversed()) {
    const startedMin = process.uptime() / 60
    if (startedMin + versionMin > VERSIONS_END_MIN) {
      console.log(
        `NOT tested on ffmpeg ${version}: no time is left. npm run test:ffmpeg -- --part ${version} does it.`,
      )
      continue
    }
    count(await runThrough(process.execPath, ['scripts/test-ffmpeg.mjs', '--part', version], process.env))
    versionMin = process.uptime() / 60 - startedMin
  }
}

/**
 * Adds the counts of a run to the totals.
 * @param {readonly string[]} lines the last ones that it printed
 */
function count(lines) {
  const [, passed, failed, skipped = 0] =
    /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(lines.at(-1) ?? '') ?? []
  totals.passed += Number(passed ?? 0)
  // A run that ends without its counts has failed.
  totals.failed += Number(failed ?? 1)
  totals.skipped += Number(skipped)
  failures.push(...lines.filter((line) => line.startsWith('failed: ')))
}

/**
 * Runs a command and passes its output on.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string[]>} the last lines of its stdout
 */
function runThrough(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
    let end = ''
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      process.stdout.write(text)
      end = (end + text).slice(-50_000)
    })
    child.once('error', reject)
    child.once('close', () => resolve(end.trim().split('\n')))
  })
}
