import { createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { parseJson } from '../../scripts/setup/files.mjs'
import { createFiller, sameBytes } from '../large-file.mjs'
import { measureTrees, summarise } from '../measure.mjs'
import { median, ratio, roundOrNull } from '../statistics.mjs'

/**
 * @import { ClientRequest, IncomingMessage } from 'node:http'
 * @import { Job } from '../../src/http/console/answers.d.ts'
 * @import { Studio } from '../studio.mjs'
 * @import { Found, StudioBench, Usage } from '../types.d.ts'
 * @typedef {object} Turn one upload and download, between copies of the same file
 * @property {Usage} upload
 * @property {Usage} download
 * @property {readonly number[]} copySec
 * @property {boolean} isSame whether the same bytes came back
 */

const BOUNDARY = 'cutroom-bench'
const CHUNK_BYTES = 1024 * 1024

/**
 * Measures a large file in and out over HTTP, in turns with copying it on the same disk.
 * @param {StudioBench} bench
 * @returns {Promise<Found>}
 */
export async function measureTransfers({ sizes, clips, studio, folder, repeat, print }) {
  const work = await mkdtemp(join(folder, 'transfers-'))
  const file = join(work, 'large.mp4')
  /** @type {Turn[]} */
  const turns = []
  try {
    // So long a clip that 2 GB of it have no bit rate that is refused.
    const clip = await clips.clip('source', sizes.source)
    for (let run = 1; run <= repeat(3); run += 1) {
      await createFiller(clip, file, sizes.transfers.bytes, run)
      turns.push(await takeTurn(studio, file, work))
    }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  const gigabytes = (sizes.transfers.bytes / 1e9).toFixed(1)
  const copySec = median(turns.flatMap((turn) => turn.copySec))
  const toRow = (/** @type {'upload' | 'download'} */ id) => {
    const usages = turns.map((turn) => turn[id])
    const share = ratio(copySec, median(usages.map(({ wallSec }) => wallSec)))
    print(`  ${id}  ${((share ?? 0) * 100).toFixed(0)} % of copying`)
    const title = `${gigabytes} GB: ${id}`
    return { id, title, ...summarise(usages), copy_s: roundOrNull(copySec, 3), of_copying: share }
  }
  const isSame = turns.every((turn) => turn.isSame)
  return {
    rows: [toRow('upload'), toRow('download')],
    checks: [{ name: 'Transfers: what comes back is what went in', ok: isSame, detail: null }],
  }
}

/**
 * @param {Studio} studio
 * @param {string} file
 * @param {string} work
 * @returns {Promise<Turn>}
 */
async function takeTurn({ client, apiUrl, pid }, file, work) {
  const copy = join(work, 'copy.mp4')
  const back = join(work, 'back.mp4')
  const beforeSec = await timeCopy(file, copy)
  const upload = await measureTrees([pid], () => uploadFile(apiUrl, file))
  const { video_id: id, job_id: job } = upload.result
  await client.follow(job, () => undefined)
  const betweenSec = await timeCopy(file, copy)
  const download = await measureTrees([pid], () => downloadFile(apiUrl, id, back))
  const isSame = await sameBytes(file, back)
  await client.deleteVideo(id)
  await rm(back)
  return { upload: upload.usage, download: download.usage, copySec: [beforeSec, betweenSec], isSame }
}

/**
 * Copies the file until it is where the platform keeps files as well: on the disk, not in memory alone.
 * @param {string} from
 * @param {string} to
 * @returns {Promise<number>} seconds
 */
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

/**
 * Sends a form with one file as a stream: the form of `fetch` would take time from the platform.
 * @param {string} apiUrl
 * @param {string} file
 */
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
  return readJob(await answer)
}

/**
 * @param {ClientRequest} call
 * @returns {Promise<IncomingMessage>}
 */
function answerTo(call) {
  return new Promise((resolve, reject) => {
    call.once('response', resolve).once('error', reject)
  })
}

/** @param {IncomingMessage} response */
async function readJob(response) {
  const body = await text(response)
  if ((response.statusCode ?? 0) >= 300) throw new Error(`The upload was refused: ${body}`)
  return /** @type {Job} */ (parseJson(body))
}

/**
 * @param {string} apiUrl
 * @param {string} id
 * @param {string} to
 */
async function downloadFile(apiUrl, id, to) {
  const call = request(`${apiUrl}/api/v1/videos/${id}/download`)
  const answer = answerTo(call)
  call.end()
  await pipeline(await answer, createWriteStream(to, { highWaterMark: CHUNK_BYTES, flush: true }))
}
