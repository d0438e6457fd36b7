import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createFiller, sameBytes } from '../large-file.mjs'
import { measureTrees, summarise } from '../measure.mjs'
import { median, ratio, round } from '../statistics.mjs'

const BOUNDARY = 'cutroom-bench'
const CHUNK_BYTES = 1024 * 1024

/** A large file in and out over HTTP, in turns with copying it on the same disk. */
export async function measureTransfers({ sizes, clips, studio, folder, repeat, print }) {
  const work = await mkdtemp(join(folder, 'transfers-'))
  const file = join(work, 'large.mp4')
  const copies = []
  const usages = { upload: [], download: [] }
  let isSame = true
  try {
    // Long enough that 2 GB of it have no bit rate that is refused.
    const clip = await clips.clip('source', sizes.source)
    for (let run = 1; run <= repeat(3); run += 1) {
      await createFiller(clip, file, sizes.transfers.bytes, run)
      copies.push(await timeCopy(file, join(work, 'copy.mp4')))
      const upload = await measureTrees([studio.pid], () => uploadFile(studio.apiUrl, file))
      const { video_id: id, job_id: job } = upload.result
      await studio.client.follow(job, () => undefined)
      copies.push(await timeCopy(file, join(work, 'copy.mp4')))
      const back = join(work, 'back.mp4')
      const download = await measureTrees([studio.pid], () => downloadFile(studio.apiUrl, id, back))
      isSame &&= await sameBytes(file, back)
      usages.upload.push(upload.usage)
      usages.download.push(download.usage)
      await studio.client.deleteVideo(id)
      await rm(back)
    }
    const gigabytes = (sizes.transfers.bytes / 1e9).toFixed(1)
    const copySec = median(copies)
    const rows = ['upload', 'download'].map((name) => ({
      id: name,
      title: `${gigabytes} GB: ${name}`,
      ...summarise(usages[name]),
      copy_s: round(copySec, 3),
      of_copying: ratio(copySec, median(usages[name].map(({ wallSec }) => wallSec))),
    }))
    for (const { id, of_copying: share } of rows) print(`  ${id}  ${(share * 100).toFixed(0)} % of copying`)
    return {
      rows,
      checks: [{ name: 'Transfers: what comes back is what went in', ok: isSame, detail: null }],
    }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Seconds, until the copy is where the platform keeps things as well: on the disk, not in memory alone. */
async function timeCopy(from, to) {
  const since = performance.now()
  await copyFile(from, to)
  const file = await open(to, 'r+')
  await file.sync()
  await file.close()
  const sec = (performance.now() - since) / 1000
  await rm(to)
  return sec
}

/** A form with one file, streamed: what fetch makes of a form would take time from the platform. */
async function uploadFile(apiUrl, file) {
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="large.mp4"\r\n\r\n`
  const tail = `\r\n--${BOUNDARY}--\r\n`
  const { size } = await stat(file)
  const headers = {
    'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    'content-length': head.length + size + tail.length,
  }
  const call = request(`${apiUrl}/api/v1/upload`, { method: 'POST', headers })
  const answer = answerTo(call)
  await pipeline(async function* parts() {
    yield head
    yield* createReadStream(file, { highWaterMark: CHUNK_BYTES })
    yield tail
  }, call)
  return readJson(await answer)
}

function answerTo(call) {
  return new Promise((resolve, reject) => call.once('response', resolve).once('error', reject))
}

async function readJson(response) {
  const parts = []
  for await (const part of response) parts.push(part)
  const text = Buffer.concat(parts).toString()
  if (response.statusCode >= 300) throw new Error(`The upload was refused: ${text}`)
  return JSON.parse(text)
}

async function downloadFile(apiUrl, id, to) {
  const call = request(`${apiUrl}/api/v1/videos/${id}/download`)
  const answer = answerTo(call)
  call.end()
  await pipeline(await answer, createWriteStream(to, { highWaterMark: CHUNK_BYTES, flush: true }))
}
