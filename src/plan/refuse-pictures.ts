import type { Edit } from '../edit/operation.js'
import { CONTAINER_TRAITS } from '../edit/output/containers.js'
import { SOUND_CONTAINERS } from '../edit/output/formats.js'
import { listed } from '../edit/output/prose.js'
import { resolveOutput } from '../edit/output/resolve-output.js'
import type { Findings } from './context.js'
import { traitsOf } from './ops/operation-traits.js'

/** Notes as mistakes what an edit asks of a picture, for a file that has sound and no picture. */
export function refusePictures({ operations, output }: Edit, findings: Findings): void {
  if (CONTAINER_TRAITS[resolveOutput(output).container].holds !== 'audio') {
    const message = `the file has no picture: choose a container for sound alone, ${listed(SOUND_CONTAINERS, 'or')}`
    findings.reject('/video_id', message)
  }
  for (const [index, op] of operations.entries()) {
    if (!traitsOf(op).needsPicture) continue
    findings.reject(`/operations/${index}`, `"${op.type}" needs a picture, but the file has only sound`)
  }
}
