import { createWriteStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { codeOf, messageOf } from './errors.mjs'
import { run } from './run.mjs'

export const TEMPORAL_VERSION = 'v1.5.1'
const SOURCE = 'https://temporal.download/cli'
/** A closed network often swallows packets without an answer. */
const ANSWER_TIMEOUT_MS = 8_000
const STALL_TIMEOUT_MS = 20_000
/** @type {Partial<Record<string, string>>} */
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' }

/**
 * Downloads the official release from where Temporal's own SDKs get it.
 * @param {import('./types.d.ts').GetTemporal & { source?: string }} context
 */
export async function downloadTemporal({ target, isGood, report, signal, label, source = SOURCE }) {
  const dir = join(dirname(target), '..')
  await mkdir(dirname(target), { recursive: true })
  const scratch = await mkdtemp(join(dir, 'download-'))
  try {
    const info = await describeRelease(source, signal)
    report.status(label, `downloading ${TEMPORAL_VERSION}`)
    const archive = join(scratch, 'temporal.tar.gz')
    await download(info.archiveUrl, archive, signal)
    const { code } = await run('tar', ['-xzf', archive, '-C', scratch], { signal })
    const binary = join(scratch, info.fileToExtract)
    if (code === 0) await chmod(binary, 0o755)
    if (code !== 0 || !(await isGood(binary))) throw new Error('the downloaded archive is damaged')
    await rename(binary, target)
  } catch (error) {
    throw new Error(`the download failed (${reason(error)})`, { cause: error })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * @param {string} source
 * @param {AbortSignal} signal
 */
async function describeRelease(source, signal) {
  const arch = ARCHITECTURES[process.arch]
  if (!arch) throw new Error(`there is none for ${process.arch}`)
  const query = new URLSearchParams({ arch, platform: process.platform, format: 'tar.gz' })
  const response = await answered(`${source}/${TEMPORAL_VERSION}?${query.toString()}`, signal)
  /** @type {unknown} */
  const info = await response.json()
  return /** @type {{ archiveUrl: string, fileToExtract: string }} */ (info)
}

/**
 * @param {string} url
 * @param {string} file
 * @param {AbortSignal} signal
 */
async function download(url, file, signal) {
  const stalled = new AbortController()
  const watchdog = setTimeout(() => {
    stalled.abort(new Error('no data for too long'))
  }, STALL_TIMEOUT_MS)
  const feed = new Transform({
    transform(chunk, _encoding, done) {
      watchdog.refresh()
      done(null, chunk)
    },
  })
  try {
    const { body } = await answered(url, signal)
    const stop = AbortSignal.any([signal, stalled.signal])
    await pipeline(Readable.fromWeb(body), feed, createWriteStream(file), { signal: stop })
  } finally {
    clearTimeout(watchdog)
  }
}

/**
 * The answer of a server that answers soon and well.
 * @param {string} url
 * @param {AbortSignal} signal
 */
async function answered(url, signal) {
  const late = new AbortController()
  const timer = setTimeout(() => {
    late.abort(new Error('no answer'))
  }, ANSWER_TIMEOUT_MS)
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, late.signal]) })
    const { body } = response
    if (!response.ok || !body) throw new Error(`HTTP ${response.status}`)
    return { body, json: () => response.json() }
  } finally {
    clearTimeout(timer)
  }
}

/** @param {unknown} error */
function reason(error) {
  const cause = error instanceof Error ? codeOf(error.cause) : undefined
  return cause ?? messageOf(error)
}
