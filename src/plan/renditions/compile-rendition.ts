import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { Container } from '../../edit/output/formats.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { assertNever } from '../../errors.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import { isFilmCoding, soundPads } from '../model/encode.js'
import type { Coded, Pass, PassKind, PlannedOutput } from '../model/plan.js'
import { drawingOf } from '../picture/redraw.js'
import { animate } from './animation.js'
import { checkPicture } from './check-picture.js'
import { checkRendition } from './check-rendition.js'
import { encodeFilm } from './film.js'
import { encodeSound } from './sound.js'

export interface CompiledRendition {
  readonly rendition: Rendition
  readonly pass: Pass
  readonly output: PlannedOutput
  /** The rendition's picture is larger than the edited one. */
  readonly isUpscaled: boolean
}

interface Target {
  readonly container: Container
  /** Kind of the pass if it has pictures. */
  readonly kind: PassKind
  /** Storage key, ending with `/`, below which the outputs are stored. */
  readonly outputPrefix: string
}

/** The pass that makes one file from the edited material, whose graph is in the context. */
export function compileRendition(
  context: CompileContext,
  rendition: Rendition,
  material: Timeline,
  { container, kind: pictureKind, outputPrefix }: Target,
): CompiledRendition {
  const { graph, findings } = context
  const { name, quality } = rendition
  checkRendition(rendition, container, findings)
  const encode = encodeMaterial(context, rendition, container, material)
  const { picture } = encode.expected
  if (picture) checkPicture(rendition, container, picture, findings)
  const kind = picture ? pictureKind : 'encodeAudio'
  const passName = `${kind}-${name}`
  const key = `${outputPrefix}${name}.${container}`
  return {
    rendition,
    pass: {
      name: passName,
      kind,
      summary: summaryOf(name, encode),
      inputs: graph.inputs,
      sideFiles: graph.sideFiles,
      ...(graph.fonts.length > 0 ? { fonts: graph.fonts } : {}),
      ...(graph.colourTables.length > 0 ? { colourTables: graph.colourTables } : {}),
      graph: graph.leadingTo([encode.video?.pad ?? [], ...soundPads(encode.audio)].flat()),
      encodes: [{ ...encode, key, isPart: false }],
      threads: null,
      outputNames: [name],
      cost: costOf(encode),
    },
    output: { name, quality, container, passName, key, fingerprint: null, folder: null },
    isUpscaled:
      picture !== null &&
      rendition.isAsked &&
      drawingOf(material) === null &&
      Math.min(picture.width, picture.height) > Math.min(material.width, material.height),
  }
}

function encodeMaterial(
  context: CompileContext,
  rendition: Rendition,
  container: Container,
  material: Timeline,
): Coded {
  const trait = CONTAINER_TRAITS[container]
  switch (trait.holds) {
    case 'video':
      return encodeFilm(context, rendition, container, material)
    case 'animation':
      return animate(context, rendition, trait.container, material)
    case 'audio':
      return encodeSound(context, rendition, container, material)
    default:
      return assertNever(trait)
  }
}

/** One line for the Temporal UI. */
function summaryOf(name: string, { video, audio, expected }: Coded): string {
  const { picture, durationSec: seconds } = expected
  const codec = video?.coding.codec ?? audio?.coding.codec
  const size = picture ? `${picture.width}×${picture.height}, ` : ''
  return `${name}, ${size}${codec === 'h264' ? '' : `${codec}, `}${seconds.toFixed(1)} s`
}

/** Cost of encoding a second of sound, in megapixels of H.264. Measured with AAC in stereo. */
export const SOUND_COST = 0.6

export function costOf({ video, expected }: Coded): number {
  const { picture, durationSec: seconds, soundCount = 1 } = expected
  if (!picture || !video) return SOUND_COST * seconds * soundCount
  const { coding } = video
  const factor = isFilmCoding(coding) ? VIDEO_CODEC_TRAITS[coding.codec].cost : 1
  return (factor * picture.width * picture.height * picture.frameCount) / 1e6
}
