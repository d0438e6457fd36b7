import type { VolumeOperation } from '../../edit/operations/volume.js'
import type { CompileContext } from '../context.js'
import { exactLength } from '../frames/sound-grid.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'
import { changeSound } from '../layers/change-sound.js'
import { isWholeSound, soundStretch } from './sound-stretch.js'

export function applyVolume(context: CompileContext, op: VolumeOperation, timeline: Timeline): Timeline {
  const { graph, findings, pointer } = context
  if (!timeline.audioPad) {
    findings.reject(pointer, 'the material has no sound')
    return timeline
  }
  if (op.gain_db === 0) return timeline
  const window = soundStretch(context, op, timeline)
  if (!window) return timeline
  const gain: FilterCall = ['volume', { volume: `${op.gain_db}dB` }]
  const audioPad = isWholeSound(window)
    ? graph.chain(timeline.audioPad, [gain])
    : changeSound(graph, graph.chain(timeline.audioPad, exactLength(timeline)), window, gain)
  return { ...timeline, audioPad, mayClip: timeline.mayClip === true || op.gain_db > 0 }
}
