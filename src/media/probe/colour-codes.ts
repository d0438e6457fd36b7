import { RESERVED } from '../../plan/colour/reserved-tags.js'
import type { VideoFacts } from '../../plan/model/facts.js'

/** Code points of ITU-T H.273 by ffmpeg's names. */
const PRIMARIES: Readonly<Record<number, string>> = {
  0: RESERVED,
  1: 'bt709',
  3: RESERVED,
  4: 'bt470m',
  5: 'bt470bg',
  6: 'smpte170m',
  7: 'smpte240m',
  8: 'film',
  9: 'bt2020',
  11: 'smpte431',
  12: 'smpte432',
  22: 'ebu3213',
}

const TRANSFERS: Readonly<Record<number, string>> = {
  0: RESERVED,
  1: 'bt709',
  3: RESERVED,
  4: 'bt470m',
  5: 'bt470bg',
  6: 'smpte170m',
  8: 'linear',
  13: 'iec61966-2-1',
  14: 'bt2020-10',
  15: 'bt2020-12',
  16: 'smpte2084',
  18: 'arib-std-b67',
}

/** The colours that two code points stand for. */
export function taggedColours(
  primaries: number,
  transfer: number,
): Pick<VideoFacts, 'colorPrimaries' | 'colorTransfer'> {
  return { colorPrimaries: PRIMARIES[primaries] ?? null, colorTransfer: TRANSFERS[transfer] ?? null }
}
