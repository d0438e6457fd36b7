import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'

/** Every frame is treated as interlaced, since many interlaced files are not marked as such. */
export function applyDeinterlace({ graph }: CompileContext, timeline: Timeline): Timeline {
  const args = { mode: 'send_frame', parity: 'auto', deint: 'all' }
  return { ...timeline, videoPad: graph.add('bwdif', args, timeline.videoPad) }
}
