import { homedir } from 'node:os'
import { join } from 'node:path'
import { messageOf, SetupError } from './errors.mjs'
import { withLock } from './lock.mjs'
import { isExecutable, run, which } from './run.mjs'
import { buildTemporal } from './temporal-build.mjs'
import { downloadTemporal } from './temporal-download.mjs'

/**
 * @typedef {import('./types.d.ts').CheckContext} CheckContext
 * @typedef {import('./types.d.ts').RunContext} RunContext
 * @typedef {import('./types.d.ts').Recall} Recall
 * @typedef {{ path: string | null, detail: string }} Found null: no program, since there is a server already
 */

/** Activity summaries, which make the UI readable, came with this server. */
const OLDEST_SERVER = { major: 1, minor: 26 }
const FIX =
  'Install the Temporal CLI (https://docs.temporal.io/cli/setup-cli) so that "temporal" is on PATH, or set ' +
  'TEMPORAL_PATH to it, or set TEMPORAL_ADDRESS to a Temporal server of yours, and run the command again.'
const LABEL = 'Temporal server'

/** @type {import('./types.d.ts').Step} */
export const temporal = {
  label: LABEL,
  check: async (context) => settle(context, await find(context.toolsFile.recall)),
  run: async (context) => {
    const found = settle(context, await find(verifyNew(context)))
    if (found !== null) return found
    const cached = cachedBinary()
    await withLock(
      join(cached, '..', 'temporal.lock'),
      () => get(context, cached),
      () => {
        context.report.status(LABEL, 'waiting for another set-up')
      },
    )
    const detail = settle(context, await find(verifyNew(context)))
    if (detail === null) throw new SetupError(`The Temporal server in ${cached} does not run. ${FIX}`)
    return detail
  },
}

/** Shared by all checkouts of a user. */
function cachedBinary(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cutroom', 'bin', 'temporal')
}

/**
 * @param {CheckContext} context
 * @param {Found | null} found
 */
function settle({ toolsFile }, found) {
  if (!found) return null
  toolsFile.tools.temporal = found.path
  return found.detail
}

/**
 * Looks in the order of precedence. What the environment names works or is an error.
 * @param {Recall} verify
 * @returns {Promise<Found | null>}
 */
async function find(verify) {
  const { TEMPORAL_ADDRESS, TEMPORAL_PATH } = process.env
  if (TEMPORAL_ADDRESS) return { path: null, detail: `at ${TEMPORAL_ADDRESS} (TEMPORAL_ADDRESS)` }
  const sources = TEMPORAL_PATH
    ? [{ source: 'from TEMPORAL_PATH', path: TEMPORAL_PATH }]
    : [
        { source: 'on PATH', path: await which('temporal') },
        { source: 'in the cache', path: cachedBinary() },
      ]
  for (const { source, path } of sources) {
    const verdict =
      path && (await isExecutable(path)) ? await verify(path) : { ok: false, detail: 'is not a program' }
    if (verdict === undefined) return null
    if (verdict.ok) return { path, detail: `${verdict.detail}, ${source}` }
    if (TEMPORAL_PATH) throw new SetupError(`TEMPORAL_PATH: ${path} ${verdict.detail}. ${FIX}`)
  }
  return null
}

/**
 * @param {RunContext} context
 * @returns {Recall}
 */
function verifyNew({ toolsFile, signal }) {
  return async (path) => {
    const known = await toolsFile.recall(path)
    if (known) return known
    const verdict = await tryOut(path, signal)
    await toolsFile.remember(path, verdict)
    return verdict
  }
}

/**
 * @param {string} path
 * @param {AbortSignal} signal
 */
async function tryOut(path, signal) {
  const { code, stdout } = await run(path, ['--version'], { signal, timeoutMs: 20_000 })
  const [, server = '', major = 0, minor = 0] = /Server ((\d+)\.(\d+)\.\d+)/.exec(stdout) ?? []
  if (code !== 0 || server === '') return { ok: false, detail: 'does not run' }
  const oldest = OLDEST_SERVER
  const isOld =
    Number(major) < oldest.major || (Number(major) === oldest.major && Number(minor) < oldest.minor)
  return isOld
    ? { ok: false, detail: `is older than ${oldest.major}.${oldest.minor} (${server})` }
    : { ok: true, detail: server }
}

/**
 * Downloads or builds the server, unless a good one is in the cache.
 * @param {RunContext} context
 * @param {string} cached
 */
async function get(context, cached) {
  const isGood = async (/** @type {string} */ path) =>
    (await isExecutable(path)) && (await tryOut(path, context.signal)).ok
  if (await isGood(cached)) return
  const failures = []
  for (const attempt of [downloadTemporal, buildTemporal]) {
    try {
      await attempt({ ...context, target: cached, isGood, label: LABEL })
      return
    } catch (error) {
      if (context.signal.aborted) throw error
      failures.push(messageOf(error))
    }
  }
  throw new SetupError(`There is no Temporal server: ${failures.join('; ')}. ${FIX}`)
}
