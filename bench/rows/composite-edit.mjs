import { join } from 'node:path'
import { encoderArguments } from '../encoder-arguments.mjs'
import { LOGO, LOGO_FILE } from '../studio.mjs'
import { drawText } from '../text-picture.mjs'

/**
 * @import { Plan, Video } from '../../src/http/console/answers.d.ts'
 * @import { CompositeSizes, HandEdit, HandRendition, StudioBench, Stretch } from '../types.d.ts'
 * @import { StoredPlans } from '../stored-plan.mjs'
 */

export const WARM_UP_SEC = 4
const OPACITY = 0.8

/**
 * The composite edit as the platform is asked for it.
 * @param {Video} video
 * @param {CompositeSizes} sizes
 * @param {Stretch} trim
 */
export function compositeEdit(video, sizes, trim = sizes.trim) {
  const { textSec, fontSizePx, marginPx, qualities } = sizes
  return {
    video_id: video.id,
    operations: [
      { type: 'trim', start_time: trim.start, end_time: trim.end },
      {
        type: 'overlay',
        overlay_type: 'text',
        content: 'नमस्ते, Cutroom!',
        language: 'hi',
        font_size: fontSizePx,
        font_color: '#ffffff',
        position_x: marginPx,
        position_y: marginPx,
        end_time: Math.min(textSec, trim.end - trim.start),
      },
      { type: 'watermark', watermark_path: LOGO, position: 'top-right', opacity: OPACITY, margin: marginPx },
    ],
    output: { qualities },
  }
}

/**
 * The same edit by hand: sizes, coding and the look of the text are those that the platform plans.
 * @param {StudioBench} bench
 * @param {string} clip
 * @param {StoredPlans} plans
 * @param {string} folder where the picture of the text goes
 * @returns {Promise<HandEdit>}
 */
export async function handEdit({ studio, sizes, clips }, clip, plans, folder) {
  const { trim, textSec, marginPx } = sizes.composite
  const video = await studio.upload(clip)
  const plan = await studio.plan(compositeEdit(video, sizes.composite))
  const warmUp = { ...trim, end: trim.start + WARM_UP_SEC }
  const { job } = await studio.timeJob(compositeEdit(video, sizes.composite, warmUp))
  const text = await drawText(await plans.load(job.job_id), studio.dataDir, join(folder, 'text'))
  return {
    source: clip,
    trim,
    hasSound: clips.hasSound,
    text: { ...text, endSec: textSec },
    logo: { file: LOGO_FILE, margin: marginPx, opacity: OPACITY },
    renditions: await renditionsOf(plan),
  }
}

/**
 * @param {Plan} plan
 * @returns {Promise<HandEdit['renditions']>}
 */
async function renditionsOf({ passes, outputs }) {
  const { QUALITIES } = await import('#built/src/edit/output/qualities.js')
  const caps = new Map(Object.entries(QUALITIES).map(([name, { maxBitRate }]) => [name, maxBitRate]))
  /** @type {HandRendition[]} */
  const renditions = []
  for (const { name, quality, width, height } of outputs) {
    const cap = caps.get(quality ?? '')
    if (cap === undefined || width === null || height === null) continue
    renditions.push({ name, width, height, coding: encoderArguments(passes, cap) })
  }
  const [largest, ...smaller] = renditions
  if (!largest) throw new Error('The plan has no renditions.')
  return [largest, ...smaller]
}
