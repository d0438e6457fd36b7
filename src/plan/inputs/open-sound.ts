import type { Edit } from '../../edit/operation.js'
import type { Findings } from '../context.js'
import { nearestFrame } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'
import type { AudioFacts, Rational } from '../model/facts.js'
import type { Source } from '../model/sources.js'
import { findAudio } from './find-audio.js'
import { openAudio } from './open-audio.js'

/** Frame grid of a source without a picture: its cuts snap to milliseconds. */
const SOUND_GRID: Rational = { num: 1000, den: 1 }

/**
 * Opens a file without a picture as material with a picture that no output uses, so that the filters for it are left
 * out of the graph.
 */
export function openSound(graph: GraphBuilder, source: Source, edit: Edit, findings: Findings): Timeline {
  const { downmix } = edit.audio ?? {}
  const audio = findAudio(source.facts, edit.audio ?? null, findings)
  const frameCount = Math.max(1, nearestFrame(lengthSec(source, audio), SOUND_GRID))
  return {
    videoPad: graph.add('nullsrc', {}),
    audioPad: audio && openAudio(graph, source, { audio, fromSec: source.facts.startSec, downmix }),
    mayClip: downmix === 'dialogue',
    width: 16,
    height: 16,
    frameRate: SOUND_GRID,
    frameCount,
    delivered: { start: 0, end: frameCount },
    colorSpace: 'bt709',
  }
}

function lengthSec({ facts }: Source, audio: AudioFacts | null): number {
  return audio ? Math.max(0, audio.startSec - facts.startSec) + audio.durationSec : facts.durationSec
}
