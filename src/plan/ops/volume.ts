import type { VolumeOperation } from '../../edit/operations/volume.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'

export function applyVolume(context: CompileContext, op: VolumeOperation, timeline: Timeline): Timeline {
  if (!timeline.audioPad) {
    context.findings.reject(context.pointer, 'the material has no sound')
    return timeline
  }
  const audioPad = context.graph.add('volume', { volume: `${op.gain_db}dB` }, timeline.audioPad)
  return { ...timeline, audioPad }
}
