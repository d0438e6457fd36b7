/** What assets may be, for people. */
export const TAKEN_ASSETS =
  'PNG, APNG, JPEG, WebP, GIF, BMP, TIFF and SVG pictures; MP4, MOV, WebM, Matroska, AVI, MPEG, FLV, WMV and Ogg films; ' +
  'MP3, WAV, FLAC, AAC, M4A and Ogg sound; TTF, OTF, TTC, WOFF and WOFF2 fonts; SRT, WebVTT, ASS, SSA, SBV, TTML, MicroDVD and ' +
  'MPL2 subtitles'

/** First bytes of files that are not taken, what they are, and what helps. */
const SIGNATURES: readonly (readonly [hex: string, kind: string])[] = [
  ['25215053', 'a PostScript file'],
  ['25504446', 'a PDF'],
  ['38425053', 'a Photoshop file (save it as PNG)'],
  ['00000100', 'an icon (save it as PNG)'],
  ['ff0a', 'a JPEG XL picture (save it as PNG or JPEG)'],
  ['0000000c4a584c20', 'a JPEG XL picture (save it as PNG or JPEG)'],
  ['0000000c6a5020', 'a JPEG 2000 picture (save it as PNG or JPEG)'],
  ['504b0304', 'a ZIP archive (unpack it first)'],
  ['526172211a07', 'a RAR archive (unpack it first)'],
  ['1f8b', 'a gzip archive (unpack it first)'],
  ['377abcaf271c', 'a 7z archive (unpack it first)'],
  ['7f454c46', 'a program'],
  ['4d5a', 'a program'],
]

/** Brands of pictures in ISO base media files. */
const BRANDS: readonly (readonly [brand: RegExp, kind: string])[] = [
  [/^(?:heic|heix|heim|heis|mif1|msf1|hevc)$/, 'an HEIC picture (save it as JPEG or PNG)'],
  [/^avi[fs]$/, 'an AVIF picture (save it as JPEG, PNG or WebP)'],
]

/** What a file is that is taken as nothing; null: nobody knows. */
export function nameKind(head: Buffer): string | null {
  const hex = head.subarray(0, 16).toString('hex')
  const signed = SIGNATURES.find(([start]) => hex.startsWith(start))
  if (signed) return signed[1]
  const text = head.toString('latin1')
  if (text.slice(4, 8) === 'ftyp') return BRANDS.find(([brand]) => brand.test(text.slice(8, 12)))?.[1] ?? null
  return /^\s*(?:<!doctype html|<html)/i.test(text) ? 'a web page' : null
}
