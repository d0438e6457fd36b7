import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

/** Prints what ffprobe, not the platform, says of every output. */
export async function printOutputs(job, dataDir) {
  console.log(`\nCompleted in ${seconds(job)} s:`)
  for (const { message } of job.warnings) console.log(`  (${message})`)
  for (const { name, job_id: jobId = job.job_id } of job.outputs) {
    const path = join(dataDir, 'media', 'processed', jobId, `${name}.mp4`)
    const { streams, format } = await probe(path)
    const video = streams.find(({ codec_type: type }) => type === 'video')
    const audio = streams.find(({ codec_type: type }) => type === 'audio')
    const sound = audio ? `${audio.codec_name} ${audio.channels} ch` : 'silent'
    const size = `${video.width}×${video.height}`.padEnd(9)
    const rate = `${(Number(format.bit_rate) / 1e6).toFixed(2)} Mbit/s`
    console.log(
      `  ${name.padEnd(6)} ${size} ${video.codec_name}, ${sound}, ${Number(format.duration).toFixed(2)} s, ${rate}`,
    )
    console.log(`         ${path}`)
  }
}

async function probe(path) {
  const { ffprobe = 'ffprobe' } = JSON.parse(await readFile(join(root, 'dist/tools.json'), 'utf8'))
  const args = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', path]
  const { stdout } = await run(process.env.FFPROBE_PATH ?? ffprobe, args)
  return JSON.parse(stdout)
}

function seconds({ started_at: startedAt, finished_at: finishedAt }) {
  return ((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1)
}
