import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { SetupError } from './errors.mjs'
import { isExecutable, lastLines, run, which } from './run.mjs'
import { OLDEST_TEXT, tryFfmpeg } from './try-ffmpeg.mjs'

/**
 * @typedef {import('./types.d.ts').CheckContext} CheckContext
 * @typedef {import('./types.d.ts').RunContext} RunContext
 * @typedef {import('./types.d.ts').Recall} Recall
 * @typedef {{ source: string, ffmpeg: string | null, ffprobe: string | null }} Pair where to look, and what is there
 * @typedef {{ source: string, ffmpeg: string, ffprobe: string, detail: string }} Found
 */

/** Where packages put their programs, whatever PATH says. */
const APT_DIR = '/usr/bin'
const LABEL = 'ffmpeg'
const FIX =
  'Install it (Debian, Ubuntu: sudo apt-get install ffmpeg · Fedora: sudo dnf install ffmpeg · macOS: brew install ' +
  'ffmpeg), or set FFMPEG_PATH and FFPROBE_PATH to one, and run the command again.'

/** @type {import('./types.d.ts').Step} */
export const ffmpeg = {
  label: LABEL,
  check: async (context) => settle(context, await find(context, context.toolsFile.recall)),
  run: async (context) => {
    const attempts = [
      () => find(context, verifyNew(context)),
      async () => {
        await context.packagesReady
        await downloadStatic(context)
        return find(context, verifyNew(context))
      },
      async () => ((await installWithApt(context)) ? find(context, verifyNew(context), APT_DIR) : null),
    ]
    for (const attempt of attempts) {
      const detail = settle(context, await attempt())
      if (detail !== null) return detail
    }
    throw new SetupError(`There is no ffmpeg ${OLDEST_TEXT} or newer with libx264, aac and libass. ${FIX}`)
  },
}

/**
 * @param {CheckContext} context
 * @param {Found | null} found
 */
function settle({ toolsFile }, found) {
  if (!found) return null
  toolsFile.tools.ffmpeg = found.ffmpeg
  toolsFile.tools.ffprobe = found.ffprobe
  return `${found.detail}, ${found.source}`
}

/**
 * The first pair that works, in the order of precedence. What the environment names works or is an error.
 * @param {{ root: string }} context
 * @param {Recall} verify
 * @param {string} alsoIn a folder to look in besides those of PATH
 * @returns {Promise<Found | null>}
 */
async function find({ root }, verify, alsoIn = '') {
  const { isNamed, pairs } = await listPairs(root, alsoIn)
  for (const { source, ffmpeg, ffprobe } of pairs) {
    const [first, second] = await Promise.all([judge(ffmpeg, verify), judge(ffprobe, verify)])
    if (first === undefined || second === undefined) return null
    if (first.ok && second.ok && ffmpeg && ffprobe) return { source, ffmpeg, ffprobe, detail: first.detail }
    const reason = first.ok ? second.detail : first.detail
    if (isNamed) throw new SetupError(`FFMPEG_PATH / FFPROBE_PATH: ${reason}. Correct or unset them.`)
  }
  return null
}

/**
 * @param {string} root
 * @param {string} alsoIn
 * @returns {Promise<{ isNamed: boolean, pairs: Pair[] }>} isNamed: the environment says which to take
 */
async function listPairs(root, alsoIn) {
  const { FFMPEG_PATH, FFPROBE_PATH, PATH = '' } = process.env
  const path = [PATH, alsoIn].join(delimiter)
  const onPath = { ffmpeg: await which('ffmpeg', path), ffprobe: await which('ffprobe', path) }
  if (FFMPEG_PATH || FFPROBE_PATH) {
    const named = { ffmpeg: FFMPEG_PATH || onPath.ffmpeg, ffprobe: FFPROBE_PATH || onPath.ffprobe }
    return { isNamed: true, pairs: [{ source: 'from FFMPEG_PATH', ...named }] }
  }
  const pairs = [
    { source: alsoIn === '' ? 'on PATH' : 'from its package', ...onPath },
    { source: 'from npm', ...bundled(root) },
  ]
  return { isNamed: false, pairs }
}

/**
 * @param {string | null} path
 * @param {Recall} verify
 */
async function judge(path, verify) {
  if (!path) return { ok: false, detail: 'ffmpeg or ffprobe is missing' }
  if (!(await isExecutable(path))) return { ok: false, detail: `${path} is not a program` }
  return verify(path)
}

/** @param {string} root */
function bundled(root) {
  const modules = join(root, 'node_modules')
  const ffprobe = join(modules, '@ffprobe-installer', `${process.platform}-${process.arch}`, 'ffprobe')
  return { ffmpeg: join(modules, 'ffmpeg-static', 'ffmpeg'), ffprobe }
}

/**
 * Runs a binary that no earlier set-up has tried.
 * @param {RunContext} context
 * @returns {Recall}
 */
function verifyNew({ toolsFile, signal }) {
  return async (path) => {
    const known = await toolsFile.recall(path)
    if (known) return known
    const verdict = await tryFfmpeg(path, signal)
    await toolsFile.remember(path, verdict)
    return verdict
  }
}

/**
 * Runs the install script of ffmpeg-static, which npm does not (`allowScripts`), so that only machines without an
 * ffmpeg download 80 MB.
 * @param {RunContext} context
 */
async function downloadStatic({ root, report, signal }) {
  const script = join(root, 'node_modules', 'ffmpeg-static', 'install.js')
  if (process.env.FFMPEG_PATH || !(await readFile(script).catch(() => null))) return
  report.status(LABEL, 'downloading ffmpeg-static')
  await run(process.execPath, [script], { cwd: join(script, '..'), signal, timeoutMs: 120_000 })
}

/**
 * @param {RunContext} context
 * @returns whether the package is installed now; false where apt-get is missing or we may not use it
 */
async function installWithApt({ report, signal }) {
  const isRoot = process.getuid?.() === 0
  if (!isRoot || !(await which('apt-get'))) return false
  report.status(LABEL, 'installing the ffmpeg package')
  const options = { signal, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  const patient = ['-o', 'DPkg::Lock::Timeout=120']
  await run('apt-get', [...patient, 'update'], options)
  const install = ['install', '-y', '--no-install-recommends', 'ffmpeg']
  const { code, output } = await run('apt-get', [...patient, ...install], options)
  if (code !== 0) throw new SetupError(`apt-get cannot install ffmpeg:\n${lastLines(output, 5)}\n${FIX}`)
  return true
}
