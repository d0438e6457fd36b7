import { checkEven } from '../checks/frames.mjs'
import { measureTrees, summarise } from '../measure.mjs'
import { readFrames } from '../probe.mjs'

/** @import { Found, StudioBench } from '../types.d.ts' */

/**
 * Measures how much memory the largest pictures take: text over 2160p, in four qualities.
 * @param {StudioBench} bench
 * @returns {Promise<Found>}
 */
export async function measureFourK({ sizes, clips, studio, print }) {
  const { source, trim, qualities } = sizes.fourK
  const clip = await clips.clip('four-k', source)
  const video = await studio.upload(clip)
  const edit = {
    video_id: video.id,
    operations: [
      { type: 'trim', start_time: trim.start, end_time: trim.end, mode: 'exact' },
      { type: 'overlay', overlay_type: 'text', content: '2160p', position_x: 64, position_y: 64 },
    ],
    output: { qualities },
  }
  const { result, usage } = await measureTrees([studio.pid], () => studio.timeJob(edit))
  print(`  four-k  ${usage.peakMib === null ? 'memory not known' : `${usage.peakMib.toFixed(0)} MiB`}`)
  const row = {
    id: 'four-k',
    title: `${trim.end - trim.start} s of ${source.height}p with a text, in ${qualities.length} qualities`,
    ...summarise([usage]),
  }
  const [largest] = qualities
  const frameCount = (trim.end - trim.start) * clips.frameRate
  const frames = await readFrames(studio.outputFile(result.job, largest))
  const fault = checkEven(frames, { frameRate: clips.frameRate, frameCount })
  const check = { name: `${largest}: ${frameCount} frames, evenly spaced`, ok: fault === null, detail: fault }
  return { rows: [row], checks: [check] }
}
