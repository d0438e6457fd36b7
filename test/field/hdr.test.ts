import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, type TestContext } from 'vitest'
import type { OutputRequest } from '../../src/edit/output/output.js'
import { BOX_HEADER_BYTES, findBoxes, replaceContents } from '../../src/media/mp4/boxes.js'
import { staticHdr } from '../../src/media/probe/static-hdr.js'
import type { StaticHdr } from '../../src/plan/model/facts.js'
import { ffprobe, lavfi } from '../support/lavfi.js'
import { renderAll, renderOutput } from '../support/outputs/derived.js'
import { hasEncoder } from '../support/outputs/encoders.js'
import { compile, useStudio } from '../support/render.js'
import { spreadPlan } from '../support/spread.js'

const studio = useStudio()

/** A display of P3 with 4000 cd/m², as films are graded on. */
const MASTERED: StaticHdr = {
  mastering: {
    ...{ red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: [0.3127, 0.329] },
    ...{ minNits: 0.005, maxNits: 4000 },
  },
  light: { maxCll: 1487, maxFall: 223 },
}
const DISPLAY =
  'master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(40000000,50):max-cll=1487,223'
const PQ = 'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc'

const deep = (seconds: number) =>
  lavfi(`nullsrc=s=128x96:r=25:d=${seconds},format=yuv420p10le,geq=lum=200+2*X:cb=512:cr=512`)
const x265 = (params: string) => ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', params]

let hdr10 = ''
let plain = ''
beforeAll(async () => {
  hdr10 = await studio.make('hdr10.mp4', ...deep(0.4), ...x265(`${PQ}:${DISPLAY}`))
  plain = await studio.make('plain.mp4', ...deep(0.4), ...x265(PQ))
})

async function staticHdrOf(path: string): Promise<StaticHdr | null> {
  const frame = ['-select_streams', 'v:0', '-read_intervals', '%+#1', '-show_frames']
  return staticHdr(await ffprobe(...frame, '-show_entries', 'frame=side_data_list', '-of', 'json', path))
}

/** Chromaticities are coded in steps of 0.00002 or 1/65536. */
function expectMastered(found: StaticHdr | null): void {
  expect(found?.light).toEqual(MASTERED.light)
  for (const point of ['red', 'green', 'blue', 'white'] as const) {
    const [x = NaN, y = NaN] = found?.mastering?.[point] ?? []
    const [wantedX = NaN, wantedY = NaN] = MASTERED.mastering?.[point] ?? []
    expect(Math.abs(x - wantedX)).toBeLessThan(0.00003)
    expect(Math.abs(y - wantedY)).toBeLessThan(0.00003)
  }
  expect(found?.mastering?.maxNits).toBe(4000)
  expect(Math.abs((found?.mastering?.minNits ?? NaN) - 0.005)).toBeLessThan(0.0001)
}

async function needs(context: TestContext, encoder: string): Promise<void> {
  context.skip(!(await hasEncoder(encoder)), `ffmpeg has no ${encoder}`)
}

describe('what HDR10 says of its display', () => {
  test.for([
    ['h265', 'mp4'],
    ['h265', 'mkv'],
    ['h265', 'mov'],
    ['av1', 'mp4'],
    ['av1', 'mkv'],
    ['av1', 'webm'],
  ] as const)('is kept with 10 bits of %s in %s', async ([video_codec, container], context) => {
    if (video_codec === 'av1') await needs(context, 'libsvtav1')
    const rendition = { name: 'deep', video_codec, bit_depth: 10, preset: 'ultrafast' } as const
    const { plan, paths } = await renderOutput(
      studio,
      { container, renditions: [rendition] },
      { video: hdr10 },
    )
    expect(plan.warnings.map(({ code }) => code)).toEqual(['no-audio'])
    expectMastered(await staticHdrOf(paths.get('deep') ?? ''))
  })

  test('is kept in streams, before their first picture', async () => {
    const rendition = { name: 'deep', video_codec: 'h265', bit_depth: 10, preset: 'ultrafast' } as const
    const output: OutputRequest = { packaging: 'hls+dash', renditions: [rendition] }
    const { paths } = await renderOutput(studio, output, { video: hdr10 })
    for (const manifest of ['hls', 'dash']) expectMastered(await staticHdrOf(paths.get(manifest) ?? ''))
    const init = await readFile(join(paths.get('hls') ?? '', '..', 'init-0.mp4'))
    // A message of the kind 137 with 24 bytes, among the parameter sets.
    expect(init.includes(Buffer.from([137, 24]))).toBe(true)
  })

  test('is kept where a film is made in chunks', async () => {
    const video = await studio.make('long.mp4', ...deep(30), ...x265(`${PQ}:${DISPLAY}`))
    const rendition = { name: 'deep', video_codec: 'h265', bit_depth: 10, preset: 'ultrafast' } as const
    const plan = await spreadPlan({ operations: [], output: { renditions: [rendition] } }, { video }, 2)
    expect(plan.assemblies).toHaveLength(1)
    const paths = await renderAll(studio, plan)
    expectMastered(await staticHdrOf(paths.get('deep') ?? ''))
  })

  test('is not invented, and not told of pictures of the standard range', async () => {
    const deepRendition = { name: 'deep', video_codec: 'h265', bit_depth: 10, preset: 'ultrafast' } as const
    const { paths } = await renderOutput(studio, { renditions: [deepRendition] }, { video: plain })
    expect(await staticHdrOf(paths.get('deep') ?? '')).toBeNull()
    for (const video_codec of ['h264', 'h265'] as const) {
      const rendition = { name: 'sdr', video_codec, preset: 'ultrafast' } as const
      const mapped = await renderOutput(studio, { renditions: [rendition] }, { video: hdr10 })
      expect(await staticHdrOf(mapped.paths.get('sdr') ?? '')).toBeNull()
    }
  })
})

describe('Dolby Vision', () => {
  /** A copy of a file of H.265 with Dolby Vision's configuration record, which ffmpeg 5 does not write. */
  async function withRecord(profile: number, compatibility: number): Promise<string> {
    const path = await studio.make(
      `dv-${profile}-${compatibility}.mp4`,
      '-i',
      plain,
      '-c',
      'copy',
      '-tag:v',
      'hvc1',
    )
    const bytes = await readFile(path)
    const entry = findBoxes(bytes, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd', 'hvc1'])
    const last = entry?.at(-1)
    if (!entry || !last) throw new Error('the file has no track of H.265')
    const level = 1
    const record = Buffer.alloc(32)
    record.writeUInt32BE(record.length)
    record.write(profile > 7 ? 'dvvC' : 'dvcC', 4, 'latin1')
    record.writeUInt8(1, 8)
    // Profile, level, and that there are a base layer and the data of Dolby Vision.
    record.writeUInt16BE((profile << 9) | (level << 3) | 0b101, 10)
    record.writeUInt8(compatibility << 4, 12)
    const contents = bytes.subarray(last.start + BOX_HEADER_BYTES, last.end)
    await writeFile(path, replaceContents(bytes, entry, Buffer.concat([contents, record])))
    return path
  }

  const dolby = (video: string) =>
    studio.survey({ video }).then((sources) => {
      const { warnings } = compile({ operations: [], output: null }, sources)
      return warnings.filter(({ code }) => code.startsWith('dolby'))
    })

  test.each([
    [8, 1, 'HDR10'],
    [8, 4, 'HLG'],
    [7, 6, 'HDR10'],
    [7, 0, 'HDR10'],
  ])('of profile %i.%i leaves its base layer, %s', async (profile, compatibility, base) => {
    expect(await dolby(await withRecord(profile, compatibility))).toEqual([
      {
        code: 'dolby-vision-dropped',
        message: `Of Dolby Vision (profile ${profile}) the base layer, which is ${base}, is used; the other data is left out.`,
      },
    ])
  })

  test('of profile 5 has no base layer', async () => {
    const [warning] = await dolby(await withRecord(5, 0))
    expect(warning?.code).toBe('dolby-vision-unreadable')
    expect(warning?.message).toContain('colours come out wrong')
  })

  test('is in no other file', async () => {
    expect(await dolby(plain)).toEqual([])
  })
})
