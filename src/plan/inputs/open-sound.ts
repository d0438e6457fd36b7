import type { Edit, Operation } from '../../edit/operation.js'
import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import { SOUND_CONTAINERS } from '../../edit/output/formats.js'
import { listed } from '../../edit/output/prose.js'
import { resolveOutput } from '../../edit/output/resolve-output.js'
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

/** Operations that mean something without a picture. */
const OF_SOUND: ReadonlySet<Operation['type']> = new Set([
  ...(['trim', 'speed', 'fade', 'volume', 'mute', 'loudness', 'replace_audio'] as const),
])

/** Rejects what an edit cannot do to a source without a picture. */
export function refusePictures({ operations, output }: Edit, findings: Findings): void {
  if (CONTAINER_TRAITS[resolveOutput(output).container].holds !== 'audio') {
    const message = `the file has no picture: choose a container of sound alone, ${listed(SOUND_CONTAINERS, 'or')}`
    findings.reject('/video_id', message)
  }
  for (const [index, { type }] of operations.entries()) {
    if (OF_SOUND.has(type)) continue
    findings.reject(`/operations/${index}`, `"${type}" needs a picture, and the file has none`)
  }
}

/**
 * Opens a file without a picture as material with a picture that no output uses, so that the filters for it are left
 * out of the graph.
 */
export function openSound(graph: GraphBuilder, source: Source, edit: Edit, findings: Findings): Timeline {
  const audio = findAudio(source.facts, edit.audio ?? null, findings)
  const input = graph.addInput({ key: source.key, format: source.facts.format, seekSec: 0 })
  const frameCount = Math.max(1, nearestFrame(lengthSec(source, audio), SOUND_GRID))
  return {
    videoPad: graph.add('nullsrc', {}),
    audioPad: audio && openAudio(graph, `${input}:${audio.index}`, audio, 0),
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
