import type { Assembly, Warning, WarningCode } from '../model/plan.js'
import type { CompiledRendition } from '../renditions/compile-rendition.js'
import type { CopiedFilm } from './choose-copying.js'

/** Warnings that hold only for pictures or sound that are encoded. */
const OF_ENCODED_PICTURES: ReadonlySet<WarningCode> = new Set([
  'high-bit-depth',
  'chroma-subsampled',
  'hdr-tone-mapped',
  'colours-converted',
])
const OF_ENCODED_SOUND: ReadonlySet<WarningCode> = new Set(['channels-downmixed'])

interface Made {
  /** null: no pictures are copied. */
  readonly film: CopiedFilm | null
  readonly assemblies: readonly Assembly[]
  readonly renditions: readonly CompiledRendition[]
}

/** The warnings without those that a copy makes untrue. */
export function trueWarnings(
  warnings: readonly Warning[],
  { film, assemblies, renditions }: Made,
): readonly Warning[] {
  const arePicturesCopied = film?.isPure ?? false
  const isSoundCopied = renditions.every(({ pass, output }) => {
    const assembly = assemblies.find(({ key }) => key === output.key)
    return Boolean(assembly?.copies?.sound) || pass.encodes[0].audio?.copiedFrom !== undefined
  })
  return warnings.filter(
    ({ code }) =>
      !(arePicturesCopied && OF_ENCODED_PICTURES.has(code)) && !(isSoundCopied && OF_ENCODED_SOUND.has(code)),
  )
}
