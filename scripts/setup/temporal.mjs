import { homedir } from 'node:os'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { isExecutable, run, SetupError, which } from './run.mjs'
import { buildTemporal } from './temporal-build.mjs'
import { downloadTemporal } from './temporal-download.mjs'

/** Activity summaries, which make the UI readable, came with this server. */
const OLDEST_SERVER = [1, 26]
const FIX =
  'Install the Temporal CLI (https://docs.temporal.io/cli/setup-cli) so that "temporal" is on PATH, or set ' +
  'TEMPORAL_PATH to it, or set TEMPORAL_ADDRESS to a Temporal server of yours, and run the command again.'

export const temporal = {
  label: 'Temporal server',
  async check(context) {
    return settle(context, await find(context.toolsFile.recall))
  },
  async run(context) {
    const found = settle(context, await find(verifyNew(context)))
    if (found !== null) return found
    const cached = cachedBinary()
    const { report } = context
    await withLock(
      join(cached, '..', 'temporal.lock'),
      () => get(context, cached),
      () => report.status(temporal.label, 'waiting for another set-up'),
    )
    const detail = settle(context, await find(verifyNew(context)))
    if (detail === null)
      throw new SetupError(`The Temporal server that was put into ${cached} does not run. ${FIX}`)
    return detail
  },
}

/** Shared by all checkouts of a user. */
function cachedBinary(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cutroom', 'bin', 'temporal')
}

function settle({ toolsFile }, found) {
  if (!found) return null
  toolsFile.tools.temporal = found.path
  return found.detail
}

/** In the order of precedence. What the environment names works or is an error. */
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

function verifyNew({ toolsFile, signal }) {
  return async (path) => {
    const known = await toolsFile.recall(path)
    if (known) return known
    const verdict = await tryOut(path, signal)
    await toolsFile.remember(path, verdict)
    return verdict
  }
}

async function tryOut(path, signal) {
  const { code, stdout } = await run(path, ['--version'], { signal, timeoutMs: 20_000 })
  const [, server = ''] = /Server (\d+\.\d+\.\d+)/.exec(stdout) ?? []
  if (code !== 0 || server === '') return { ok: false, detail: 'does not run' }
  const [major, minor] = server.split('.').map(Number)
  const isOld = major < OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor < OLDEST_SERVER[1])
  return isOld
    ? { ok: false, detail: `is older than ${OLDEST_SERVER.join('.')} (${server})` }
    : { ok: true, detail: server }
}

async function get(context, cached) {
  const isGood = async (path) => (await isExecutable(path)) && (await tryOut(path, context.signal)).ok
  if (await isGood(cached)) return
  const failures = []
  for (const attempt of [downloadTemporal, buildTemporal]) {
    try {
      return await attempt({ ...context, target: cached, isGood, label: temporal.label })
    } catch (error) {
      if (context.signal.aborted) throw error
      failures.push(error.message)
    }
  }
  throw new SetupError(`There is no Temporal server: ${failures.join('; ')}. ${FIX}`)
}
