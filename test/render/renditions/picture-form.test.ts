import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { RenditionRequest } from '../../../src/edit/output/renditions.js'
import { ffmpeg, lavfi } from '../../support/lavfi.js'
import { compile, useStudio } from '../../support/render.js'

const studio = useStudio()
const WIDTH = 512
const HEIGHT = 64

const TRANSFERS = { hdr10: 'smpte2084', hlg: 'arib-std-b67', sdr: 'bt709' } as const
type Source = keyof typeof TRANSFERS
const sources = new Map<Source, string>()

/** A ramp through the codes 64 to 575 of 10 bits, with one pixel per code. */
beforeAll(async () => {
  for (const [name, transfer] of Object.entries(TRANSFERS) as [Source, string][]) {
    const [matrix, primaries] = name === 'sdr' ? ['bt709', 'bt709'] : ['bt2020nc', 'bt2020']
    const ramp = `nullsrc=s=${WIDTH}x${HEIGHT}:r=25:d=0.2,format=yuv420p10le,geq=lum=64+X:cb=512:cr=512`
    const tags = `colorprim=${primaries}:transfer=${transfer}:colormatrix=${matrix}`
    const params = ['-x265-params', `log-level=error:lossless=1:${tags}`]
    sources.set(
      name,
      await studio.make(`${name}.mp4`, ...lavfi(ramp), '-c:v', 'libx265', '-preset', 'ultrafast', ...params),
    )
  }
})

const DEEP: RenditionRequest = { name: 'deep', video_codec: 'h265', bit_depth: 10, crf: 4, preset: 'fast' }

async function render(source: Source, rendition: RenditionRequest, operations: Operation[] = []) {
  const files = { video: sources.get(source) ?? '' }
  const edit = { operations, output: { renditions: [rendition] } }
  const [file] = await studio.renderEdit(edit, files, { encode: 'as-planned' })
  const { warnings } = compile(edit, await studio.survey(files))
  return {
    path: file?.path ?? '',
    video: file?.facts.video,
    warnings: warnings.filter(({ code }) => code !== 'no-audio'),
  }
}

/** The codes of a row of the first frame. */
async function codesOf(path: string): Promise<Uint16Array> {
  const format = ['-frames:v', '1', '-pix_fmt', 'yuv420p10le', '-f', 'rawvideo', 'pipe:1']
  const bytes = await ffmpeg('-i', path, ...format)
  return new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + WIDTH * 2))
}

function expectRamp(codes: Uint16Array): void {
  const errors = Array.from(codes, (code, x) => Math.abs(code - 64 - x))
  expect(errors.reduce((sum, error) => sum + error, 0) / WIDTH).toBeLessThan(1)
  // If they had been reduced to 8 bits on the way, there would be a fourth of them.
  expect(new Set(codes).size).toBeGreaterThan(WIDTH * 0.7)
}

describe('ten bits stay ten bits', () => {
  test.each([
    ['hdr10', 'h265'],
    ['hlg', 'h265'],
    ['hdr10', 'av1'],
    ['sdr', 'h265'],
    ['sdr', 'vp9'],
  ] as const)('for %s in %s, with the same colours and tags', async (source, codec) => {
    const operations: Operation[] = [{ type: 'flip', direction: 'vertical' }]
    const { path, video, warnings } = await render(source, { ...DEEP, video_codec: codec }, operations)
    expectRamp(await codesOf(path))
    const isSdr = source === 'sdr'
    expect(video).toMatchObject({
      pixelFormat: 'yuv420p10le',
      colorTransfer: TRANSFERS[source],
      colorPrimaries: isSdr ? 'bt709' : 'bt2020',
      colorSpace: isSdr ? 'bt709' : 'bt2020nc',
      colorRange: 'tv',
    })
    expect(warnings).toEqual([])
  })
})

describe('high dynamic range becomes the standard range', () => {
  test.each<[string, RenditionRequest, Operation[], string]>([
    ['with 8 bits', { name: 'plain' }, [], '.'],
    ['in VP9', { ...DEEP, video_codec: 'vp9' }, [], '.'],
    [
      'where colours are changed',
      DEEP,
      [{ type: 'color', brightness: 0, contrast: 1, saturation: 0.5 }],
      ', since "color" supports only that.',
    ],
    [
      'on a border',
      { ...DEEP, width: 64, height: 64, fit: 'blur' },
      [],
      ', since "blur" supports only that.',
    ],
  ])('%s', async (_, rendition, operations, end) => {
    const { video, warnings } = await render('hdr10', rendition, operations)
    expect(video).toMatchObject({ colorTransfer: 'bt709', colorPrimaries: 'bt709', colorSpace: 'bt709' })
    const mapped = warnings.find(({ code }) => code === 'hdr-tone-mapped')
    expect(mapped?.message.endsWith(`(BT.709)${end}`)).toBe(true)
  })
})
