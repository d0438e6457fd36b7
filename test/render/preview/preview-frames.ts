import { expect } from 'vitest'
import type { Edit } from '../../../src/edit/operation.js'
import type { PictureRequest } from '../../../src/edit/picture.js'
import type { Pass } from '../../../src/plan/model/plan.js'
import { compilePicture } from '../../../src/plan/preview/compile-picture.js'
import { ssimToFrames } from '../../support/pictures/ssim.js'
import type { EditFiles, RenderedFile, Studio } from '../../support/render.js'

interface Previewed {
  readonly edit: Edit
  readonly files: EditFiles
}

let count = 0

/** Makes a picture of an edit; returns its path. */
export async function makePicture(
  studio: Studio,
  { edit, files }: Previewed,
  asked: Partial<PictureRequest>,
): Promise<string> {
  const pass = await picturePass(studio, { edit, files }, asked)
  return studio.runPass(pass, `picture-${(count += 1)}.${pass.encodes[0].container}`)
}

export async function picturePass(
  studio: Studio,
  { edit, files }: Previewed,
  asked: Partial<PictureRequest>,
): Promise<Pass> {
  const request = { at: 0, width: null, format: 'jpeg', ...asked } as const
  const compiled = compilePicture(edit, await studio.survey(files), request)
  if (compiled.kind !== 'picture') throw new Error(JSON.stringify(compiled))
  return compiled.pass
}

/** What a coded picture may lose. */
const LEAST_SSIM = 0.99

/** What two codings of the same frame may differ in. */
const NOISE = 0.0005

function widthOf({ facts }: RenderedFile): number {
  return facts.video?.width ?? 0
}

/** Expects that previews of the first frame, one in the middle and the last one are like these frames, and like no others more. */
export async function expectFrames(
  studio: Studio,
  previewed: Previewed,
  asked: Partial<PictureRequest> = {},
): Promise<void> {
  const films = await studio.renderEdit(previewed.edit, previewed.files)
  const [film] = films.sort((a, b) => widthOf(b) - widthOf(a))
  const picture = film?.pass.encodes[0].expected.picture
  if (!film || !picture) throw new Error('the edit has no picture')
  const { frameCount, frameRate } = picture
  for (const frame of [0, Math.floor(frameCount / 2) + 1, frameCount - 1]) {
    // A moment within the frame.
    const at = ((frame + 0.4) * frameRate.den) / frameRate.num
    const likeness = await ssimToFrames(await makePicture(studio, previewed, { ...asked, at }), film.path)
    expect(likeness).toHaveLength(frameCount)
    const found = { frame, ssim: likeness[frame] ?? 0 }
    expect(found.ssim).toBeGreaterThanOrEqual(LEAST_SSIM)
    expect(found.ssim).toBeGreaterThanOrEqual(Math.max(...likeness) - NOISE)
  }
}
