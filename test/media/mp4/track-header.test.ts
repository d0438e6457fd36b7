import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { av1Codec, hevcCodec, mp4aCodec, vp9Codec } from '../../../src/media/mp4/codec-strings.js'
import { readTrackHeader } from '../../../src/media/mp4/track-header.js'
import { lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('the header of a track', () => {
  test('names the codec and the colours of a file with its index in front', async () => {
    const path = await studio.make(
      'tagged.mp4',
      ...lavfi('testsrc2=s=64x64:r=25:d=0.2'),
      ...[
        '-c:v',
        'libx264',
        '-profile:v',
        'high',
        '-level',
        '3.1',
        '-pix_fmt',
        'yuv420p',
        '-movflags',
        '+faststart',
      ],
      ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    )
    expect(readTrackHeader(await readFile(path))).toEqual({
      codecs: 'avc1.64001f',
      colour: { primaries: 1, transfer: 1, matrix: 1, isFullRange: false },
    })
  })

  test('of sound has no colours', async () => {
    const path = await studio.make('sound.mp4', ...lavfi('sine=d=0.2'), '-c:a', 'aac')
    expect(readTrackHeader(await readFile(path))).toEqual({ codecs: 'mp4a.40.2', colour: null })
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', hex('ffffffff 6d6f6f76 00000001')],
    ['a box that ends early', hex('00000100 6d6f6f76 00000008 7472616b')],
  ])('is not found in %s', (_, bytes) => {
    expect(readTrackHeader(bytes)).toBeNull()
  })
})

describe('names of codecs', () => {
  test('of H.265 leave out constraints of zero, and have the compatible profiles from the last bit', () => {
    expect(hevcCodec('hvc1', hex('01 01 60000000 900000000000 3c'))).toBe('hvc1.1.6.L60.90')
    expect(hevcCodec('hvc1', hex('01 22 20000000 b00000000001 99'))).toBe('hvc1.2.4.H153.B0.0.0.0.0.1')
    expect(hevcCodec('hev1', hex('01 41 60000000 000000000000 5d'))).toBe('hev1.A1.6.L93')
    expect(hevcCodec('hvc1', hex('01 01'))).toBeNull()
  })

  test('of AV1 and VP9 have colours where the range is high', () => {
    const pq = { primaries: 9, transfer: 16, matrix: 9, isFullRange: false }
    expect(av1Codec(hex('81 08 0c 00'), null)).toBe('av01.0.08M.08')
    expect(av1Codec(hex('81 0c ce 00'), pq)).toBe('av01.0.12H.10.0.112.09.16.09.0')
    expect(vp9Codec(hex('01000000 00 1f 82 01 01 01'))).toBe('vp09.00.31.08')
    expect(vp9Codec(hex('01000000 02 33 a2 09 12 09'))).toBe('vp09.02.51.10.01.09.18.09.00')
  })

  test('of AAC have the object type, which may be escaped', () => {
    const esds = (specific: string) =>
      hex(`00000000 03 19 0001 00 04 11 40 15 000000 00000000 00000000 05 02 ${specific}`)
    expect(mp4aCodec(esds('1190'))).toBe('mp4a.40.2')
    expect(mp4aCodec(esds('2b92'))).toBe('mp4a.40.5')
    // 31, then 10 more: xHE-AAC.
    expect(mp4aCodec(esds('f940'))).toBe('mp4a.40.42')
    expect(mp4aCodec(hex('00000000 06 01 00'))).toBeNull()
  })
})
