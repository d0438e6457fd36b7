import { AppError } from '../../errors.js'
import { partsUsed } from '../../plan/ffmpeg-parts.js'
import type { Pass } from '../../plan/model/plan.js'
import { compilePicture } from '../../plan/preview/compile-picture.js'
import { readSources, refusal, refuseLacking } from '../edits/compile-task.js'
import type { PictureTask } from '../ports/calculations.js'

/** Fields of the request for a picture, which no edit has. */
export const AT = '/at'
export const FORMAT = '/format'

/**
 * Compiles the picture of an edit at a moment.
 * @throws AppError `unsupported-media` for an asset that cannot be read; `edit-unrenderable` or `ffmpeg-lacks-part`, with
 *   every issue; `no-picture`; `request-invalid` when the edit is shorter. Pointers are into the edit, or AT or FORMAT.
 */
export async function runPictureTask(task: PictureTask): Promise<Pass> {
  const { edit, picture, missing } = task
  const sources = await readSources(task)
  const compiled = compilePicture(edit, sources, picture)
  switch (compiled.kind) {
    case 'unrenderable':
      throw refusal('edit-unrenderable', compiled.issues)
    case 'no-picture':
      throw new AppError('no-picture', 'The result of the edit is sound alone, of which there is no picture.')
    case 'outside': {
      const length = Number(compiled.durationSec.toFixed(3))
      const message = `must be below ${length}: what is shown is ${length} s long`
      throw new AppError('request-invalid', `${AT} ${message}`, { issues: [{ pointer: AT, message }] })
    }
    case 'picture': {
      const { pass, plan } = compiled
      refuseLacking({ edit, sources, plan }, missing)
      const [lacking] = partsUsed({ ...plan, measurements: [], passes: [pass], derived: [] }, missing)
      if (!lacking) return pass
      const message = `the ffmpeg of this server cannot ${lacking.ability}`
      throw refusal('ffmpeg-lacks-part', [{ pointer: FORMAT, message }])
    }
  }
}
