import { createWriteStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { run } from './run.mjs'

export const TEMPORAL_VERSION = 'v1.5.1'
const SOURCE = 'https://temporal.download/cli'
/** A network that is closed often swallows packets without a word. */
const ANSWER_TIMEOUT_MS = 8_000
const STALL_TIMEOUT_MS = 20_000
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' }

/** The official release, from where Temporal's own SDKs get it. */
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

async function describeRelease(source, signal) {
  const arch = ARCHITECTURES[process.arch]
  if (!arch) throw new Error(`there is none for ${process.arch}`)
  const query = new URLSearchParams({ arch, platform: process.platform, format: 'tar.gz' })
  const response = await answered(`${source}/${TEMPORAL_VERSION}?${query}`, signal)
  return response.json()
}

async function download(url, file, signal) {
  const stalled = new AbortController()
  const watchdog = setTimeout(() => stalled.abort(new Error('no data for too long')), STALL_TIMEOUT_MS)
  const feed = new Transform({
    transform(chunk, _encoding, done) {
      watchdog.refresh()
      done(null, chunk)
    },
  })
  try {
    const response = await answered(url, signal)
    const stop = AbortSignal.any([signal, stalled.signal])
    await pipeline(Readable.fromWeb(response.body), feed, createWriteStream(file), { signal: stop })
  } finally {
    clearTimeout(watchdog)
  }
}

async function answered(url, signal) {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new Error('no answer')), ANSWER_TIMEOUT_MS)
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, late.signal]) })
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
    return response
  } finally {
    clearTimeout(timer)
  }
}

function reason(error) {
  return error.cause?.code ?? error.message
}
