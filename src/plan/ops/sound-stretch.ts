import type { TimeStretch } from '../../edit/fields/common.js'
import type { CompileContext } from '../context.js'
import { SAMPLE_RATE, sampleOfFrame } from '../frames/sound-grid.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { SoundWindow } from '../layers/change-sound.js'

/** The samples that an operation changes; null, with a warning, when the sound ends before. */
export function soundStretch(
  { findings, pointer }: CompileContext,
  { start_time: startSec = 0, end_time: endSec = null }: TimeStretch,
  timeline: Timeline,
): SoundWindow | null {
  const total = sampleOfFrame(timeline.frameCount, timeline.frameRate)
  const start = Math.round(startSec * SAMPLE_RATE)
  const end = endSec === null ? total : Math.min(total, Math.round(endSec * SAMPLE_RATE))
  if (start < end) return { start, end, total }
  const until = durationSec(timeline).toFixed(3)
  const message = `The operation of ${pointer} changes nothing: it begins at ${startSec} s, and the sound ends at ${until} s.`
  findings.warn({ code: 'no-effect', message })
  return null
}

/** Whether all of the sound is meant. */
export function isWholeSound({ start, end, total }: SoundWindow): boolean {
  return start === 0 && end === total
}
