import { AppError } from '../../errors.js'
import type { Compilation } from '../../plan/compile.js'
import type { Plan } from '../../plan/model/plan.js'

/**
 * The plan of an edit that was compiled.
 * @param toPointer where a field of the edit is found in the request; by default at the same place
 * @throws AppError `edit-unrenderable` with every issue of the compilation
 */
export function planOf(
  compilation: Compilation,
  toPointer: (pointer: string) => string = (pointer) => pointer,
): Plan {
  if (compilation.ok) return compilation.plan
  const issues = compilation.issues.map(({ pointer, message }) => ({ pointer: toPointer(pointer), message }))
  throw new AppError('edit-unrenderable', issues.map(({ message }) => message).join('; '), { issues })
}
