import type { ColourMap } from '../model/colour-map.js'

/** Names for people of what ffmpeg has short names for. */
const PRIMARIES: Readonly<Record<string, string>> = {
  bt709: 'BT.709',
  bt470m: 'NTSC of 1953',
  bt470bg: 'BT.601, 625 lines',
  smpte170m: 'BT.601, 525 lines',
  film: 'film',
  bt2020: 'BT.2020',
  smpte431: 'DCI-P3',
  smpte432: 'Display P3',
  ebu3213: 'EBU 3213',
  'jedec-p22': 'EBU 3213',
  'adobe-rgb': 'Adobe RGB',
  'prophoto-rgb': 'ProPhoto RGB',
}

/** A few words on what a conversion does: `Display P3 to BT.709`. */
export function describeColours({ from, to }: ColourMap): string {
  if (from.primaries !== to.primaries) return `${nameOf(from.primaries)} to ${nameOf(to.primaries)}`
  return from.transfer === 'linear'
    ? 'linear light to the curve of sRGB'
    : `a gamma of ${gammaOf(from.transfer)} to that of sRGB`
}

function nameOf(primaries: string): string {
  return PRIMARIES[primaries] ?? primaries
}

function gammaOf(transfer: string): string {
  return transfer === 'bt470bg' ? '2.8' : transfer.replace('gamma', '')
}
