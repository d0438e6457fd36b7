import type { MuteOperation } from '../../edit/operations/mute.js'
import type { CompileContext } from '../context.js'
import { exactLength } from '../frames/sound-grid.js'
import type { Timeline } from '../frames/timeline.js'
import { changeSound } from '../layers/change-sound.js'
import { isWholeSound, soundStretch } from './sound-stretch.js'

export function applyMute(context: CompileContext, op: MuteOperation, timeline: Timeline): Timeline {
  const { graph } = context
  const window = soundStretch(context, op, timeline)
  if (!window || !timeline.audioPad) return timeline
  if (isWholeSound(window)) return { ...timeline, audioPad: null }
  const whole = graph.chain(timeline.audioPad, exactLength(timeline))
  return { ...timeline, audioPad: changeSound(graph, whole, window, null) }
}
