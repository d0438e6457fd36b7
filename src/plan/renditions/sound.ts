import type { Container } from '../../edit/output/formats.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import type { CompileContext } from '../context.js'
import { limitPeaks, USUAL_CEILING } from '../frames/limit-peaks.js'
import { exactLength } from '../frames/sound-grid.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { Coded } from '../model/plan.js'
import { audioCodecOf, audioCoding } from './coding.js'

/** The sound of the material without its picture, as long as the picture. */
export function encodeSound(
  context: CompileContext,
  rendition: Rendition,
  container: Container,
  material: Timeline,
): Coded {
  const pad = soundOf(context, material)
  if (!pad)
    context.findings.reject(
      '/output/container',
      `the material has no sound, and ${container} holds sound only`,
    )
  const codec = audioCodecOf(rendition, container)
  const audio = pad && codec ? { pad, coding: audioCoding(codec, rendition, context.graph.layout) } : null
  const expected = { picture: null, durationSec: durationSec(material), hasAudio: true }
  return { video: null, audio, container, expected }
}

/**
 * Pad of the material's sound, exactly as long as the picture, with its peaks limited if they may be too high; null: the
 * material is silent.
 */
export function soundOf({ graph }: CompileContext, timeline: Timeline): string | null {
  const { audioPad, mayClip = false } = timeline
  const limiter = mayClip ? limitPeaks(USUAL_CEILING, graph.layout) : []
  return audioPad && graph.chain(audioPad, [...limiter, ...exactLength(timeline)])
}
