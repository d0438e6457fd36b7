import { join } from 'node:path'
import { ffprobe } from '../platform/tools.mjs'
import { parseJson } from '../setup/files.mjs'

/**
 * @import { Job } from '../../src/http/console/answers.d.ts'
 * @typedef {object} Probe what ffprobe prints
 * @property {{ codec_type: string, codec_name: string, width?: number, height?: number, channels?: number }[]} streams
 * @property {{ duration: string, bit_rate: string }} format
 */

/**
 * Prints what ffprobe, not the platform, says of every output.
 * @param {Job} job a completed one
 * @param {string} dataDir
 */
export async function printOutputs(job, dataDir) {
  console.log(`\nCompleted in ${seconds(job)} s:`)
  for (const { message } of job.warnings) console.log(`  (${message})`)
  for (const { name } of job.outputs) {
    const path = join(dataDir, 'media', 'processed', job.job_id, `${name}.mp4`)
    console.log(`  ${name.padEnd(6)} ${describe(await probe(path))}`)
    console.log(`         ${path}`)
  }
}

/** @param {Probe} probe */
function describe({ streams, format }) {
  const video = streams.find(({ codec_type: type }) => type === 'video')
  const audio = streams.find(({ codec_type: type }) => type === 'audio')
  const sound = audio ? `${audio.codec_name} ${audio.channels} ch` : 'silent'
  const size = `${video?.width}×${video?.height}`.padEnd(9)
  const rate = `${(Number(format.bit_rate) / 1e6).toFixed(2)} Mbit/s`
  return `${size} ${video?.codec_name}, ${sound}, ${Number(format.duration).toFixed(2)} s, ${rate}`
}

/** @param {string} path */
async function probe(path) {
  const text = await ffprobe(['-print_format', 'json', '-show_format', '-show_streams', path])
  return /** @type {Probe} */ (parseJson(text))
}

/** @param {Job} job */
function seconds({ started_at: startedAt, finished_at: finishedAt }) {
  return ((Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000).toFixed(1)
}
