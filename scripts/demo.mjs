// npm run demo [-- FILE]: the main job from upload to finished files, on a platform of its own, which it stops then.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { showEvents } from './demo/progress-bars.mjs'
import { printOutputs } from './demo/results.mjs'
import { createClient } from './platform/client.mjs'
import { startPlatform } from './platform/start-platform.mjs'
import { messageOf } from './setup/errors.mjs'

/**
 * @import { Video } from '../src/http/console/answers.d.ts'
 * @import { Client } from './platform/client.mjs'
 */

const root = resolve(import.meta.dirname, '..')
const clip = resolve(process.argv[2] ?? join(root, 'test/fixtures/big-buck-bunny-720p-5s.mp4'))
const logo = join(root, 'test/fixtures/logo.png')
const dataDir = join(root, 'data/demo')

if (!existsSync(clip)) fail(`There is no file ${clip}.`)
console.log('Starting PostgreSQL, Temporal, the API and a worker …')
const platform = await startPlatform(root, dataDir).catch((/** @type {unknown} */ error) =>
  fail(messageOf(error)),
)
const interrupt = new AbortController()
// Every Ctrl-C comes twice: from the terminal and from npm.
process.on('SIGINT', () => {
  interrupt.abort()
  void platform.stop()
})
try {
  await runDemo(createClient(platform.apiUrl))
} catch (error) {
  const isInterrupted = interrupt.signal.aborted
  process.exitCode = isInterrupted ? 130 : 1
  console.error(isInterrupted ? '\nStopped.' : `\nThe demo failed: ${messageOf(error)}`)
} finally {
  await platform.stop()
}

/** @param {Client} client */
async function runDemo(client) {
  console.log(`Uploading ${clip}`)
  const video = await client.upload(clip)
  console.log(`  ${video.width}×${video.height}, ${video.frame_rate} fps, ${video.duration.toFixed(2)} s\n`)
  await client.putAsset('demo-logo.png', logo)
  const edit = compositeEdit(video)
  console.log('Edit: trim, Hindi title, watermark, three qualities')
  console.log(`  POST ${platform.apiUrl}/api/v1/edits\n  ${JSON.stringify(edit)}\n`)
  const job = await client.submit('/edits', edit)
  console.log(`Temporal UI: ${job.temporal_ui_url}\n`)
  const ended = await showEvents(client, job.job_id)
  if (ended.status !== 'completed') throw new Error(`${ended.error_code}: ${ended.error_message}`)
  await printOutputs(ended, dataDir)
  console.log(`\nSee them again, with the console and the Temporal UI:  DATA_DIR=data/demo npm start`)
}

/**
 * Everything but the first and last tenth, a title for the first half, a logo throughout.
 * @param {Video} video
 */
function compositeEdit(video) {
  const tenth = video.duration / 10
  const at = (/** @type {number} */ seconds) => Math.round(seconds * 1000) / 1000
  const size = Math.round(Math.min(video.width ?? 0, video.height ?? 0) / 12)
  return {
    video_id: video.id,
    operations: [
      { type: 'trim', start_time: at(tenth), end_time: at(9 * tenth) },
      {
        type: 'overlay',
        overlay_type: 'text',
        content: 'नमस्ते, Cutroom!',
        language: 'hi',
        font_color: '#ffffff',
        position_x: size,
        position_y: size,
        font_size: size,
        start_time: 0,
        end_time: at(4 * tenth),
      },
      { type: 'watermark', watermark_path: 'demo-logo.png', position: 'top-right', opacity: 0.8, margin: 24 },
    ],
    output: { qualities: ['1080p', '720p', '480p'] },
    metadata: { ref: 'demo' },
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message)
  process.exit(1)
}
