import type { Container } from '../../edit/containers.js'
import type { Rendition } from '../../edit/resolve-output.js'
import type { CompileContext } from '../context.js'
import type { Coded } from '../plan.js'
import { exactLength } from '../sound-grid.js'
import { durationSec, type Timeline } from '../timeline.js'
import { audioCodecOf, audioCoding } from './coding.js'

/** Sound alone, as long as the material. */
export function encodeSound(
  context: CompileContext,
  rendition: Rendition,
  container: Container,
  material: Timeline,
): Coded {
  const pad = soundOf(context, material)
  if (!pad) context.findings.reject('/output/container', `the material has no sound for ${container}`)
  const codec = audioCodecOf(rendition, container)
  const audio = pad && codec ? { pad, coding: audioCoding(codec, rendition) } : null
  const expected = { picture: null, durationSec: durationSec(material), hasAudio: true }
  return { video: null, audio, container, expected }
}

/** Pad of the material's sound, made exactly as long as the picture; null: it is silent. */
export function soundOf({ graph }: CompileContext, timeline: Timeline): string | null {
  return timeline.audioPad && graph.chain(timeline.audioPad, exactLength(timeline))
}
