/** Luminances in cd/m². */
type Rgb = readonly [number, number, number]

const M1 = 2610 / 16_384
const M2 = 2523 / 32
const C1 = 3424 / 4096
const C2 = 2413 / 128
const C3 = 2392 / 128

/** Light of a PQ sample in cd/m²: the EOTF of SMPTE ST 2084 and ITU-R BT.2100, table 4. */
export function pqToNits(sample: number): number {
  const root = Math.max(0, sample) ** (1 / M2)
  return 10_000 * (Math.max(0, root - C1) / (C2 - C3 * root)) ** (1 / M1)
}

export function nitsToPq(nits: number): number {
  const root = (Math.max(0, nits) / 10_000) ** M1
  return ((C1 + C2 * root) / (1 + C3 * root)) ** M2
}

/** Nominal peak of a display of HLG in cd/m². */
export const HLG_PEAK_NITS = 1000

/** Gamma of the system at this peak. */
const HLG_GAMMA = 1.2

const A = 0.178_832_77
const B = 1 - 4 * A
const C = 0.5 - A * Math.log(4 * A)

/** Scene light of an HLG sample, 0 to 1: the inverse OETF of ITU-R BT.2100, table 5. */
function hlgToScene(sample: number): number {
  return sample <= 0.5 ? sample ** 2 / 3 : (Math.exp((sample - C) / A) + B) / 12
}

function sceneToHlg(light: number): number {
  return light <= 1 / 12 ? Math.sqrt(3 * light) : A * Math.log(12 * light - B) + C
}

/** What a display of the nominal peak shows: the OOTF of BT.2100, table 5. */
export function hlgToNits(samples: Rgb): Rgb {
  const [red, green, blue] = [hlgToScene(samples[0]), hlgToScene(samples[1]), hlgToScene(samples[2])]
  const gain = HLG_PEAK_NITS * luminance([red, green, blue]) ** (HLG_GAMMA - 1)
  return [red * gain, green * gain, blue * gain]
}

export function nitsToHlg([red, green, blue]: Rgb): Rgb {
  const shown = luminance([red, green, blue]) / HLG_PEAK_NITS
  const gain = shown > 0 ? shown ** ((1 - HLG_GAMMA) / HLG_GAMMA) / HLG_PEAK_NITS : 0
  return [sceneToHlg(red * gain), sceneToHlg(green * gain), sceneToHlg(blue * gain)]
}

/** Of BT.2020. */
function luminance([red, green, blue]: Rgb): number {
  return 0.2627 * red + 0.678 * green + 0.0593 * blue
}
