import type { Findings } from '../context.js'
import type { CompiledRendition } from './compile-rendition.js'

/**
 * The renditions that are made, the largest first. Without upscaling, rungs above the material are left out. If no rung
 * remains, the smallest is kept.
 */
export function chooseRenditions<Rendition extends CompiledRendition>(
  compiled: readonly Rendition[],
  upscale: boolean,
  findings: Findings,
): readonly Rendition[] {
  const bySize = [...compiled].sort((a, b) => pixelsOf(b) - pixelsOf(a))
  const within = bySize.filter(({ isUpscaled }) => !isUpscaled)
  const chosen = upscale ? bySize : within.length > 0 ? within : bySize.slice(-1)
  for (const { output, isUpscaled } of chosen) {
    if (isUpscaled)
      findings.warn({ code: 'upscaled', message: `${output.name} is larger than the edited picture.` })
  }
  return chosen
}

function pixelsOf({ pass }: CompiledRendition): number {
  const { picture } = pass.encodes[0].expected
  return picture ? picture.width * picture.height : 0
}
