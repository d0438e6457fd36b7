import type { AudioChoice } from '../../edit/fields/audio-choice.js'
import { SAMPLE_RATE } from '../frames/sound-grid.js'
import type { GraphBuilder } from '../graph/graph-builder.js'
import type { AudioFacts, MediaFacts } from '../model/facts.js'
import type { Source } from '../model/sources.js'
import { countSoundFrom } from './count-from.js'
import { CHANNELS, mixChannels, mixForms } from './mix-channels.js'
import { sourceInput } from './source-input.js'

/**
 * Sound that is late or early by more than this is moved: gaps stay silent, and overlaps are cut. Where times vary, the
 * sound would be torn at each packet, so that only what is beyond the variation counts.
 */
const ALIGNED_SEC = 0.001

/** The same for containers whose clocks count milliseconds. */
const ALIGNED_MS_SEC = 0.0021
const MS_CLOCKS = ['matroska,webm', 'flv', 'asf']

/** Where the blocks of Vorbis change their size, ffmpeg gives one of them the time at which its successor ends. */
const ALIGNED_VORBIS_SEC = 0.0125

/** A variation above this is none, and the sound is no more in sync. */
const MOST_JITTER_SEC = 0.04

/** The resampler needs samples before the first that is kept. */
const RUN_UP_SEC = 0.5

interface Opening {
  readonly audio: AudioFacts
  /** The moment of the file's clock that becomes time 0. */
  readonly fromSec: number
  /** Index of the source among the inputs of the pass, if it is open. */
  readonly input?: number
  /** Absent: scaled. */
  readonly downmix?: AudioChoice['downmix']
}

/**
 * Opens sound from a moment of its file's clock on, in the layout of the graph at 48 kHz, with gaps filled and drift
 * corrected. A single channel is heard at its own level on both sides.
 */
export function openAudio(graph: GraphBuilder, source: Source, opening: Opening): string {
  const { audio, downmix = 'scaled' } = opening
  const { pad, fromSec, clock } = audio.forms
    ? decoded(graph, source, opening)
    : opened(graph, source, opening)
  return graph.chain(pad, [
    countSoundFrom(fromSec, clock),
    ['atrim', { start: -RUN_UP_SEC }],
    ...(audio.forms ? [] : mixChannels(audio, graph.layout, downmix)),
    [
      'aresample',
      {
        osr: SAMPLE_RATE,
        async: 1,
        min_hard_comp: alignmentOf(audio, source),
        first_pts: -RUN_UP_SEC * SAMPLE_RATE,
      },
    ],
    ['aformat', { sample_fmts: 'fltp', sample_rates: SAMPLE_RATE, channel_layouts: graph.layout }],
    ['atrim', { start: 0 }],
    ['asetpts', { expr: 'PTS-STARTPTS' }],
  ])
}

/**
 * Formats of sound alone in which ffmpeg counts times with the rate that the sound has at the start, or takes the headers
 * of a joined file for sound.
 */
const CLOCKLESS = ['aac', 'mp3', 'flac', 'ogg']

/** Whether the times of packets hold where the sound changes or begins again. Without a picture nothing else needs them. */
export function hasClock({ format, video }: Pick<MediaFacts, 'format' | 'video'>): boolean {
  return video !== null || !CLOCKLESS.includes(format)
}

interface OpenedTrack {
  readonly pad: string
  readonly fromSec: number
  readonly clock: Pick<AudioFacts, 'jumps'>
}

function opened(graph: GraphBuilder, source: Source, { audio, fromSec, input }: Opening): OpenedTrack {
  const index = input ?? graph.addInput(sourceInput(source))
  return { pad: `${index}:${audio.index}`, fromSec, clock: audio }
}

/** Times in a file of decoded sound are positive: what is heard before the file's first picture comes with it. */
const LEAD_SEC = 10

/** Sound that changes on the way is decoded beforehand, on one clock. */
function decoded(
  graph: GraphBuilder,
  source: Source,
  { audio, fromSec, downmix = 'scaled' }: Opening,
): OpenedTrack {
  const zeroSec = Math.min(audio.startSec, source.facts.startSec) - LEAD_SEC
  const { index: stream, durationSec, jumps = [] } = audio
  const mixed = { mix: mixForms(graph.layout, downmix), channels: CHANNELS[graph.layout] }
  const counted = hasClock(source.facts) ? {} : { isCounted: true as const }
  const sound = { stream, zeroSec, ...mixed, durationSec, jumps, ...counted }
  const input = graph.addInput({ ...sourceInput(source), sound })
  return { pad: `${input}:0`, fromSec: fromSec - zeroSec, clock: {} }
}

function alignmentOf({ codec, jitterSec = 0, forms }: AudioFacts, { facts }: Source): number {
  // Their times are counted when they are decoded.
  if (forms) return ALIGNED_SEC
  const leastSec = MS_CLOCKS.includes(facts.format) ? ALIGNED_MS_SEC : ALIGNED_SEC
  const usualSec = codec === 'vorbis' ? ALIGNED_VORBIS_SEC : leastSec
  return Math.max(usualSec, Math.min(MOST_JITTER_SEC, 2 * jitterSec))
}
