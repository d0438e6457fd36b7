import { run } from './run.mjs'

const OLDEST = { major: 5, minor: 1 }
export const OLDEST_TEXT = `${OLDEST.major}.${OLDEST.minor}`

/**
 * Runs ffmpeg or ffprobe to see whether Cutroom can work with it.
 * @param {string} path
 * @param {AbortSignal} signal
 * @returns {Promise<import('./types.d.ts').Verdict>}
 */
export async function tryFfmpeg(path, signal) {
  const options = { signal, timeoutMs: 20_000 }
  const { code, stdout } = await run(path, ['-hide_banner', '-version'], options)
  const [, tool, version] = /^(ff\w+) version (\S+)/.exec(stdout) ?? []
  if (code !== 0 || !version) return { ok: false, detail: `${path} does not run` }
  if (isTooOld(version)) return { ok: false, detail: `${path} is ${version}, older than ${OLDEST_TEXT}` }
  if (tool !== 'ffmpeg') return { ok: true, detail: version }
  const [encoders, filters] = await Promise.all([
    run(path, ['-hide_banner', '-encoders'], options),
    run(path, ['-hide_banner', '-filters'], options),
  ])
  const lacking = ['libx264', 'aac'].filter((name) => !hasEntry(encoders.stdout, name))
  if (!hasEntry(filters.stdout, 'ass')) lacking.push('libass')
  if (lacking.length > 0) return { ok: false, detail: `${path} lacks ${lacking.join(', ')}` }
  return { ok: true, detail: version }
}

/**
 * Whether one of ffmpeg's lists has an entry of that name. Its lines hold flags, name and description.
 * @param {string} text
 * @param {string} name
 */
function hasEntry(text, name) {
  return text.split('\n').some((line) => line.trim().split(/\s+/)[1] === name)
}

/**
 * A build from git has no number ("N-109542-g…") and counts as new.
 * @param {string} version
 */
function isTooOld(version) {
  const [, major, minor] = /^n?(\d+)\.(\d+)/.exec(version) ?? []
  if (major === undefined) return false
  return Number(major) < OLDEST.major || (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor)
}
