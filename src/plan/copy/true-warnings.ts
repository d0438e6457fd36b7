import type { Assembly, Warning, WarningCode } from '../model/plan.js'
import type { CopiedFilm } from './choose-copying.js'

/** Warnings that hold only for pictures or sound that are encoded. */
const OF_ENCODED_PICTURES: ReadonlySet<WarningCode> = new Set([
  'high-bit-depth',
  'chroma-subsampled',
  'hdr-tone-mapped',
  'colours-converted',
])
const OF_ENCODED_SOUND: ReadonlySet<WarningCode> = new Set(['channels-downmixed'])

/** The warnings without those that a copy makes untrue. */
export function trueWarnings(
  warnings: readonly Warning[],
  film: CopiedFilm | null,
  assemblies: readonly Assembly[],
): readonly Warning[] {
  if (!film?.isPure) return warnings
  const isSoundCopied = assemblies.every(({ copies }) => copies?.sound)
  return warnings.filter(
    ({ code }) => !OF_ENCODED_PICTURES.has(code) && !(isSoundCopied && OF_ENCODED_SOUND.has(code)),
  )
}
