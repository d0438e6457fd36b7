import { excessOfPicture } from '../../edit/limits.js'
import type { CompileContext } from '../context.js'
import type { Size } from '../model/size.js'

/** Whether a picture may have a size; else the mistake is noted. */
export function withinLimits(
  { findings, pointer }: Pick<CompileContext, 'findings' | 'pointer'>,
  size: Size,
): boolean {
  const excess = excessOfPicture(size)
  if (excess) findings.reject(pointer, `the picture would be ${excess}`)
  return !excess
}
