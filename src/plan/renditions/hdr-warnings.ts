import type { PictureForm } from '../inputs/picture-form.js'
import type { DolbyVision, VideoFacts } from '../model/facts.js'
import type { Warning } from '../model/plan.js'

/** Warnings of what a picture of high dynamic range loses, beside being mapped to the standard one. */
export function hdrWarnings(
  { dolbyVision, staticHdr }: VideoFacts,
  forms: readonly PictureForm[],
): Warning[] {
  const warnings: Warning[] = dolbyVision ? [dolbyVisionWarning(dolbyVision)] : []
  if (staticHdr?.isDynamic && forms.some(({ colorSpace }) => colorSpace === 'pq')) {
    const message = 'Of HDR10+ the data for the whole film is kept; the data for each scene is left out.'
    warnings.push({ code: 'dynamic-hdr-dropped', message })
  }
  return warnings
}

/** Base layers by Dolby's numbers of cross-compatibility. */
const BASE_LAYERS: Readonly<Record<number, string>> = { 1: 'HDR10', 2: 'SDR', 4: 'HLG', 6: 'HDR10' }

/** Profiles that always have a base layer, which old files do not say: by its number of cross-compatibility. */
const OLD_PROFILES: Readonly<Record<number, number>> = { 4: 2, 7: 6 }

function dolbyVisionWarning({ profile, compatibility: stated }: DolbyVision): Warning {
  const compatibility = stated === 0 ? (OLD_PROFILES[profile] ?? 0) : stated
  if (compatibility === 0) {
    const message =
      `The picture is coded for Dolby Vision alone (profile ${profile}), and its colours come out wrong. ` +
      'Upload a version in HDR10, HLG or SDR instead.'
    return { code: 'dolby-vision-unreadable', message }
  }
  const base = BASE_LAYERS[compatibility]
  const message =
    `Of Dolby Vision (profile ${profile}) the base layer${base ? `, which is ${base},` : ''} is used; ` +
    'the other data is left out.'
  return { code: 'dolby-vision-dropped', message }
}
