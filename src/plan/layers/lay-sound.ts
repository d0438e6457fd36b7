import type { ClipSound } from '../../edit/fields/clip.js'
import type { FrameWindow } from '../frames/frame-window.js'
import { framesToSec } from '../frames/rational.js'
import { delayedBy, exactLength, sampleOfFrame } from '../frames/sound-grid.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import { openAudio } from '../inputs/open-audio.js'
import type { AudioFacts } from '../model/facts.js'
import type { Source } from '../model/sources.js'
import type { FadeFrames } from './lay-over.js'

/** The sound of a clip that is laid over the picture. */
export interface SoundLayer {
  readonly source: Source
  /** Index of the clip among the inputs. */
  readonly input: number
  readonly audio: AudioFacts
  /** When the clip's first picture is shown, on the clock of its file. What is before is left out. */
  readonly fromSec: number
  /** The frames of the timeline for which it is heard. */
  readonly window: FrameWindow
  /** How long the clip is, in frames; then it is silent, or begins again. */
  readonly frames: number
  readonly isLooped: boolean
  readonly mode: Exclude<ClipSound, 'drop'>
  readonly volumeDb: number
  readonly fade: FadeFrames
}

/** Mixes a clip's sound with the material's, or replaces that, for exactly the samples of its window. */
export function laySound(graph: GraphBuilder, timeline: Timeline, layer: SoundLayer): Timeline {
  const { window, mode } = layer
  const { frameRate, audioPad } = timeline
  const [start, end] = [sampleOfFrame(window.start, frameRate), sampleOfFrame(window.end, frameRate)]
  const clip = graph.chain(openAudio(graph, layer.source, layer), [
    ...windowFilters(layer, frameRate, end - start),
    ['volume', { volume: `${layer.volumeDb}dB` }],
    ...fadeFilters(layer, frameRate),
  ])
  const mayClip = timeline.mayClip === true || layer.volumeDb > 0
  if (mode === 'replace' && audioPad) {
    const material = graph.chain(audioPad, exactLength(timeline))
    const total = sampleOfFrame(timeline.frameCount, frameRate)
    return { ...timeline, mayClip, audioPad: replaced(graph, material, clip, { start, end, total }) }
  }
  const placed = graph.chain(clip, [...delayedBy(start), ...exactLength(timeline)])
  if (!audioPad) return { ...timeline, mayClip, audioPad: placed }
  const material = graph.chain(audioPad, exactLength(timeline))
  // Without `normalize` both would lose half their volume.
  const mixed = graph.add('amix', { inputs: 2, duration: 'first', normalize: 0 }, material, placed)
  return { ...timeline, mayClip: true, audioPad: mixed }
}

/** Filters that leave exactly the samples of the window, from the clip's first one on. */
function windowFilters(
  { frames, isLooped }: SoundLayer,
  frameRate: Timeline['frameRate'],
  samples: number,
): FilterCall[] {
  const own = sampleOfFrame(frames, frameRate)
  return [
    // A track that is longer than the picture ends with it.
    ['atrim', { end_sample: own }],
    ['apad', { whole_len: isLooped ? own : Math.max(own, samples) }],
    ...(isLooped && own < samples ? [['aloop', { loop: -1, size: own }] as const] : []),
    ['atrim', { end_sample: samples }],
    ['asetpts', { expr: 'N/SR/TB' }],
  ]
}

/** Sound fades with its picture. */
function fadeFilters({ fade, window }: SoundLayer, rate: Timeline['frameRate']): FilterCall[] {
  const filters: FilterCall[] = []
  const sec = (frames: number) => framesToSec(frames, rate)
  if (fade.in > 0) filters.push(['afade', { type: 'in', start_time: 0, duration: sec(fade.in) }])
  if (fade.out > 0) {
    const from = window.end - window.start - fade.out
    filters.push(['afade', { type: 'out', start_time: sec(from), duration: sec(fade.out) }])
  }
  return filters
}

/** The material's sound, with the samples [start, end) replaced by the clip. */
function replaced(
  graph: GraphBuilder,
  material: string,
  clip: string,
  { start, end, total }: { readonly start: number; readonly end: number; readonly total: number },
): string {
  const around = [
    { from: 0, until: start },
    { from: end, until: total },
  ].filter(({ from, until }) => until > from)
  if (around.length === 0) return clip
  const copies = graph.splitSound(material, around.length)
  const cuts = around.map(({ from, until }, index) =>
    graph.chain(copies[index] ?? material, [
      ['atrim', { start_sample: from, end_sample: until }],
      ['asetpts', { expr: 'PTS-STARTPTS' }],
    ]),
  )
  const parts = start > 0 ? [...cuts.slice(0, 1), clip, ...cuts.slice(1)] : [clip, ...cuts]
  return graph.add('concat', { n: parts.length, v: 0, a: 1 }, ...parts)
}
