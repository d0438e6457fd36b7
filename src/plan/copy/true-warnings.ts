import type { Assembly, Warning, WarningCode } from '../model/plan.js'
import type { CopiedFilm } from './choose-copying.js'

/** What becomes of a picture, or of sound, only when it is coded anew. */
const OF_CODED_PICTURES: ReadonlySet<WarningCode> = new Set([
  ...(['high-bit-depth', 'chroma-subsampled', 'hdr-tone-mapped'] as const),
])
const OF_CODED_SOUND: ReadonlySet<WarningCode> = new Set(['channels-downmixed'])

/** The warnings without those that a copy belies. */
export function trueWarnings(
  warnings: readonly Warning[],
  film: CopiedFilm | null,
  assemblies: readonly Assembly[],
): readonly Warning[] {
  if (!film?.isPure) return warnings
  const isSoundCopied = assemblies.every(({ copies }) => copies?.sound)
  return warnings.filter(
    ({ code }) => !OF_CODED_PICTURES.has(code) && !(isSoundCopied && OF_CODED_SOUND.has(code)),
  )
}
