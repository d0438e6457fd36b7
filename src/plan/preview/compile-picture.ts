import type { Edit } from '../../edit/operation.js'
import type { PictureRequest } from '../../edit/picture.js'
import type { FieldIssue } from '../../errors.js'
import { compileEdit, type MadeFrom, type WholeRendition } from '../compile.js'
import { Findings } from '../context.js'
import { atFrameRate } from '../frames/at-frame-rate.js'
import { atPace } from '../frames/at-pace.js'
import type { FrameWindow } from '../frames/frame-window.js'
import { keepFrames } from '../frames/keep-frames.js'
import { framesToSec, lastFrameUntil, toNumber } from '../frames/rational.js'
import type { Stage, Timeline } from '../frames/timeline.js'
import { GraphBuilder } from '../graph/graph-builder.js'
import type { PictureForm } from '../inputs/picture-form.js'
import { editStretch } from '../material.js'
import type { VideoFacts } from '../model/facts.js'
import type { ExpectedPicture, Pass, Plan } from '../model/plan.js'
import type { Sources } from '../model/sources.js'
import { sizePicture } from '../renditions/film.js'
import { pictureForm } from '../renditions/picture-form.js'
import { encodePicture } from './encode-picture.js'

export type PictureCompilation =
  | {
      readonly kind: 'picture'
      /** Makes the picture. */
      readonly pass: Pass
      /** Of the whole edit. */
      readonly plan: Plan
    }
  /** The edit itself is wrong. Pointers are into the edit. */
  | { readonly kind: 'unrenderable'; readonly issues: readonly FieldIssue[] }
  /** The result of the edit is sound alone. */
  | { readonly kind: 'no-picture' }
  /** The result of the edit has no frame at that time. */
  | { readonly kind: 'outside'; readonly durationSec: number }

/** Where outputs would lie. Nothing is put there. */
const NOWHERE = 'preview/'

/**
 * The pass that makes one picture: the frame that the largest rendition of an edit shows at a moment. It has the filters
 * of a chunk that is one frame long, so the picture is that of the rendition before it is encoded.
 */
export function compilePicture(edit: Edit, given: Sources, asked: PictureRequest): PictureCompilation {
  const spreading = { kind: 'copies', partPrefix: NOWHERE } as const
  const compilation = compileEdit(edit, given, { outputPrefix: NOWHERE, spreading })
  if (!compilation.ok) return { kind: 'unrenderable', issues: compilation.issues }
  const { made, plan } = compilation
  const [rendition] = made.renditions
  const material = rendition?.stages.at(-1)
  const picture = rendition?.pass.encodes[0].expected.picture
  const { video } = made.sources.video.facts
  if (!rendition || !material || !picture || !video) return { kind: 'no-picture' }
  const { frameRate, frameCount } = picture
  const frame = lastFrameUntil(asked.at, frameRate)
  if (frame >= frameCount) return { kind: 'outside', durationSec: framesToSec(frameCount, frameRate) }
  const window = { start: frame, end: frame + 1 }
  const shown = { rendition, material, picture, video, window }
  return { kind: 'picture', pass: compileFrame(made, shown, asked), plan }
}

interface ShownFrame {
  readonly rendition: WholeRendition
  /** Of the whole edit, before the rendition. */
  readonly material: Stage
  readonly picture: ExpectedPicture
  readonly video: VideoFacts
  /** One frame of the rendition. */
  readonly window: FrameWindow
}

function compileFrame(made: MadeFrom, frame: ShownFrame, asked: PictureRequest): Pass {
  const { edit, container } = made
  const { rendition: compiled, video, window } = frame
  const { rendition } = compiled
  const graph = new GraphBuilder()
  const form = pictureForm(edit, rendition, container, video)
  const { assets, videos } = made.sources
  const { pointer } = rendition
  // What there is to say of the edit has been said.
  const context = {
    graph,
    findings: new Findings(),
    measurements: [],
    wanted: window,
    assets,
    videos,
    pointer,
  }
  const sized = sizePicture(context, rendition, openFrame(made, frame, { graph, form }))
  const videoPad = graph.chain(sized.videoPad, keepFrames(window, sized, -window.start))
  const encode = encodePicture(graph, { ...sized, videoPad }, { rendition, video, form, asked })
  return {
    name: 'preview',
    kind: 'thumbnails',
    summary: `picture of frame ${window.start}`,
    inputs: graph.inputs,
    sideFiles: graph.sideFiles,
    ...(graph.fonts.length > 0 ? { fonts: graph.fonts } : {}),
    ...(graph.colourTables.length > 0 ? { colourTables: graph.colourTables } : {}),
    graph: graph.leadingTo([encode.video.pad]),
    encodes: [encode],
    threads: null,
    outputNames: [],
    cost: 1,
  }
}

interface Opened {
  readonly graph: GraphBuilder
  readonly form: PictureForm
}

/** The edited material around a frame, at the frame rate of the rendition. */
function openFrame({ edit, sources }: MadeFrom, frame: ShownFrame, { graph, form }: Opened): Timeline {
  const { rendition: compiled, material, picture, window } = frame
  const { rendition, stages } = compiled
  const pace = toNumber(material.frameRate) / toNumber(picture.frameRate)
  // An animation has a rate that its format can count.
  const isPaced = rendition.frame_rate !== null || pace !== 1
  const collected = { graph, findings: new Findings(), measurements: [] }
  const wanted = isPaced ? atPace(window, pace, material) : window
  const stretch = editStretch(edit, sources, collected, { form, stages, wanted })
  return isPaced ? atFrameRate(graph, stretch, picture.frameRate, window) : stretch
}
