import { NO_EXTRAS } from '../../src/edit/output/extras.js'
import { compileEdit } from '../../src/plan/compile.js'
import type { Plan } from '../../src/plan/model/plan.js'
import type { Spreading } from '../../src/plan/model/spreading.js'
import { textOverlay } from '../support/overlays.js'
import { AUDIO, mediaFacts, videoFacts } from '../support/plan-facts.js'

export const FRAMES = 3000

/** The plan of two minutes with a title, in two qualities, for `slots` slots; with 0 slots it has no chunks. */
export function compileTitled(slots: number): Plan {
  const video = videoFacts({ frameCount: FRAMES, durationSec: 120, width: 1920, height: 1080 })
  const facts = mediaFacts({ video, audio: [{ ...AUDIO, durationSec: 120 }], durationSec: 120 })
  const edit = {
    operations: [textOverlay({ content: 'Title', end_time: 5 })],
    output: { ...NO_EXTRAS, qualities: ['720p', '480p'] as const },
  }
  const source = { key: 'uploads/video.mp4', facts }
  const sources = { video: source, assets: new Map(), videos: new Map() }
  const chunks = { kind: 'chunks', slots, threadsPerSlot: 1, partPrefix: 'parts/job/' } as const
  const spreading: Spreading = slots > 0 ? chunks : { kind: 'whole' }
  const compilation = compileEdit(edit, sources, { outputPrefix: 'processed/job/', spreading })
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.issues))
  return compilation.plan
}
