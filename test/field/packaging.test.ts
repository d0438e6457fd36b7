import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, type TestContext } from 'vitest'
import type { OutputRequest } from '../../src/edit/output/output.js'
import { fieldFile } from '../support/field-file.js'
import { readNumber, readNumbers } from '../support/frames.js'
import { AAC, beeps, ffmpeg, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { folderOf, renderOutput } from '../support/outputs/derived.js'
import { hasEncoder } from '../support/outputs/encoders.js'
import { brokenHlsRules } from '../support/outputs/hls-rules.js'
import { mediaFacts, pointersOf } from '../support/plan-facts.js'
import { useStudio } from '../support/render.js'

const studio = useStudio()

const TAGS = {
  pq: 'colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc',
  hlg: 'colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc',
} as const

const sources = { film: '', pq: '', hlg: '' }
beforeAll(async () => {
  const picture = lavfi(numberedVideo({ rate: '30000/1001', seconds: 6, width: 128, height: 96 }))
  sources.film = await studio.make('film.mp4', ...picture, ...lavfi(beeps(6)), ...H264, ...AAC)
  for (const range of ['pq', 'hlg'] as const) {
    const deep = lavfi('nullsrc=s=128x96:r=25:d=0.4,format=yuv420p10le,geq=lum=64+4*X:cb=512:cr=512')
    const params = ['-x265-params', `log-level=error:${TAGS[range]}`]
    sources[range] = await studio.make(
      `${range}.mp4`,
      ...[...deep, '-c:v', 'libx265', '-preset', 'ultrafast', ...params],
    )
  }
})

/** `ultrafast` would make H.264 of the baseline profile. */
const FAST = { preset: 'superfast' } as const

interface Stream {
  readonly master: string
  readonly manifest: string
  readonly broken: readonly string[]
  readonly folder: string
}

async function stream(video: string, output: OutputRequest): Promise<Stream> {
  const { paths } = await renderOutput(studio, { packaging: 'hls+dash', ...output }, { video })
  const [hls = '', dash = ''] = [paths.get('hls'), paths.get('dash')]
  return {
    master: await readFile(hls, 'utf8'),
    manifest: await readFile(dash, 'utf8'),
    broken: await brokenHlsRules(hls),
    folder: folderOf(paths, 'hls'),
  }
}

/** The values of an attribute in all variants. */
function each(text: string, attribute: string): (string | undefined)[] {
  const values = text.matchAll(new RegExp(`[\\s,:]${attribute}="?([^"\\n]*?)"?(?=[,\\n]|" )`, 'g'))
  return [...values].map(([, value]) => value)
}

const quoted = (text: string, attribute: string) =>
  [...text.matchAll(new RegExp(`[\\s,:]${attribute}="([^"]*)"`, 'g'))].map(([, value]) => value)

async function needs(context: TestContext, encoder: string): Promise<void> {
  context.skip(!(await hasEncoder(encoder)), `ffmpeg has no ${encoder}`)
}

describe('codecs are named as the initialisation segments say', () => {
  test.for([
    ['h264', 8, 'aac', /^avc1\.64[0-9a-f]{4}$/, 'mp4a.40.2'],
    ['h265', 8, 'aac', /^hvc1\.1\.6\.L\d+\.90$/, 'mp4a.40.2'],
    ['h265', 10, 'flac', /^hvc1\.2\.4\.L\d+\.90$/, 'fLaC'],
    ['av1', 8, 'opus', /^av01\.0\.\d\dM\.08$/, 'Opus'],
    ['vp9', 8, 'opus', /^vp09\.00\.\d\d\.08$/, 'Opus'],
    ['vp9', 10, 'aac', /^vp09\.02\.\d\d\.10$/, 'mp4a.40.2'],
  ] as const)(
    '%s with %i bits and %s',
    async ([video_codec, bit_depth, audio_codec, codec, sound], context) => {
      if (video_codec === 'av1') await needs(context, 'libsvtav1')
      const rendition = { name: 'one', video_codec, bit_depth, audio_codec, ...FAST }
      const { master, manifest, broken } = await stream(sources.film, { renditions: [rendition] })
      expect(broken).toEqual([])
      const [pictures, sounds] = quoted(master, 'CODECS')[0]?.split(',') ?? []
      expect(pictures).toMatch(codec)
      expect(sounds).toBe(sound)
      expect(quoted(manifest, 'codecs')).toEqual([pictures, sounds])
    },
  )
})

describe('colours', () => {
  test.for([
    ['pq', 'h265', 'PQ', '16'],
    ['hlg', 'h265', 'HLG', '18'],
    ['pq', 'av1', 'PQ', '16'],
  ] as const)('of %s in %s are told', async ([range, video_codec, stated, transfer], context) => {
    if (video_codec === 'av1') await needs(context, 'libsvtav1')
    const rendition = { name: 'deep', video_codec, bit_depth: 10, ...FAST } as const
    const { master, manifest, broken } = await stream(sources[range], { renditions: [rendition] })
    expect(broken).toEqual([])
    expect(each(master, 'VIDEO-RANGE')).toEqual([stated])
    const properties = [
      ...manifest.matchAll(/<SupplementalProperty schemeIdUri="urn:mpeg:mpegB:cicp:(\w+)" value="(\d+)"/g),
    ]
    expect(properties.map(([, name, value]) => [name, value])).toEqual([
      ['ColourPrimaries', '9'],
      ['TransferCharacteristics', transfer],
      ['MatrixCoefficients', '9'],
    ])
    if (video_codec === 'av1')
      expect(quoted(master, 'CODECS')[0]).toMatch(/^av01\.0\.\d\dM\.10\.0\.11\d\.09\.16\.09\.0$/)
  })

  test('of the standard range beside high range have a set of their own in DASH', async () => {
    const deep = { name: 'deep', video_codec: 'h265', bit_depth: 10, ...FAST } as const
    const plain = { name: 'plain', video_codec: 'h265', width: 64, ...FAST } as const
    const { master, manifest, broken } = await stream(sources.pq, { renditions: [deep, plain] })
    expect(broken).toEqual([])
    expect(each(master, 'VIDEO-RANGE')).toEqual(['PQ', 'SDR'])
    const sets = manifest.split('<AdaptationSet').slice(1)
    expect(sets.map((set) => [...set.matchAll(/<Representation id="(\d)"/g)].map(([, id]) => id))).toEqual([
      ['0'],
      ['1'],
    ])
    expect(sets.map((set) => /TransferCharacteristics" value="(\d+)"/.exec(set)?.[1])).toEqual(['16', '1'])
  })
})

describe('playlists', () => {
  test('of a film below half a second have a target duration of 1', async () => {
    const { folder, broken } = await stream(await fieldFile(studio, 'short.mp4'), {
      renditions: [{ name: 'one', ...FAST }],
    })
    expect(broken).toEqual([])
    for (const id of [0, 1]) {
      expect(await readFile(join(folder, `media_${id}.m3u8`), 'utf8')).toContain('#EXT-X-TARGETDURATION:1\n')
    }
  })

  test('state rate, size and lengths of 29.97 frames a second, and no time of day', async () => {
    const renditions = [
      { name: 'large', ...FAST },
      { name: 'small', width: 64, ...FAST },
    ]
    const { master, manifest, folder, broken } = await stream(sources.film, { renditions })
    expect(broken).toEqual([])
    expect(each(master, 'FRAME-RATE')).toEqual(['29.97', '29.97'])
    expect(each(master, 'RESOLUTION')).toEqual(['128x96', '64x48'])
    expect(each(master, 'VIDEO-RANGE')).toEqual(['SDR', 'SDR'])
    const media = await readFile(join(folder, 'media_0.m3u8'), 'utf8')
    expect(media).not.toContain('PROGRAM-DATE-TIME')
    // Two groups of 60 frames, whose 4.004 s are more than the wanted 4.
    expect(media).toContain('#EXTINF:4.004000,')
    expect(quoted(manifest, 'maxSegmentDuration')).toEqual(['PT4.004S'])
    expect(manifest).not.toContain('bitstreamSwitching')
  })
})

describe('a stream without renditions', () => {
  test('is a ladder that does not exceed the picture', async () => {
    const picture = lavfi(numberedVideo({ rate: '25', seconds: 0.4, width: 640, height: 360 }))
    const video = await studio.make('360p.mp4', ...picture, ...H264)
    const { plan, paths } = await renderOutput(studio, { packaging: 'hls' }, { video })
    expect(plan.warnings.map(({ code }) => code)).not.toContain('upscaled')
    expect(plan.outputs.map(({ name }) => name)).toEqual(['360p', '240p', 'hls'])
    const hls = paths.get('hls') ?? ''
    expect(each(await readFile(hls, 'utf8'), 'RESOLUTION')).toEqual(['640x360', '426x240'])
    expect(await brokenHlsRules(hls)).toEqual([])
    expect(await readNumbers(hls)).toEqual(Array.from({ length: 10 }, (_, index) => index))
  })
})

describe('an HLS stream on request', () => {
  const renditions = [
    { name: 'large', ...FAST },
    { name: 'small', width: 64, ...FAST },
  ]

  test('has a variant of its sound alone', async () => {
    const { master, broken } = await stream(sources.film, {
      renditions,
      hls: { audio_only: true, i_frames: false },
    })
    expect(broken).toEqual([])
    const [line, uri] = master.split('\n').slice(-3)
    expect(line).toMatch(
      /^#EXT-X-STREAM-INF:BANDWIDTH=\d+,AVERAGE-BANDWIDTH=\d+,CODECS="mp4a\.40\.2",AUDIO="audio"$/,
    )
    expect(uri).toBe('media_2.m3u8')
  })

  test.for(['h264', 'h265', 'vp9'] as const)(
    'has key frames of %s, which can be shown alone',
    async (video_codec) => {
      const { master, folder, broken } = await stream(sources.film, {
        renditions: [{ ...renditions[0], name: 'large', video_codec }],
        hls: { audio_only: false, i_frames: true },
      })
      expect(broken).toEqual([])
      expect(master).toMatch(
        /#EXT-X-I-FRAME-STREAM-INF:.*RESOLUTION=128x96,VIDEO-RANGE=SDR,URI="key_frames_0\.m3u8"/,
      )
      const playlist = await readFile(join(folder, 'key_frames_0.m3u8'), 'utf8')
      const ranges = [...playlist.matchAll(/#EXT-X-BYTERANGE:(\d+)@(\d+)\n(\S+)/g)]
      const init = await readFile(join(folder, 'init-0.mp4'))
      const shown = ranges.map(async ([, length, offset, name = '']) => {
        const segment = await readFile(join(folder, name))
        const part = segment.subarray(Number(offset), Number(offset) + Number(length))
        const path = join(studio.dir(), `${video_codec}-${name}.mp4`)
        await writeFile(path, Buffer.concat([init, part]))
        const data = await ffmpeg(
          '-i',
          path,
          '-frames:v',
          '1',
          '-pix_fmt',
          'gray',
          '-f',
          'rawvideo',
          'pipe:1',
        )
        return readNumber({ width: 128, height: 96, data })
      })
      // Segments of two groups of 60 frames.
      expect(await Promise.all(shown)).toEqual([0, 120])
    },
  )

  test('needs HLS, and sound for a variant of it', () => {
    const pointers = (output: OutputRequest, audio: boolean) =>
      pointersOf({ operations: [], output }, audio ? {} : { facts: mediaFacts({ audio: [] }) })
    const hls = { audio_only: true, i_frames: true }
    expect(pointers({ hls, packaging: 'dash' }, true)).toEqual(['/output/hls'])
    expect(pointers({ hls }, true)).toEqual(['/output/hls'])
    expect(pointers({ hls, packaging: 'hls' }, false)).toEqual(['/output/hls/audio_only'])
    expect(pointers({ hls, packaging: 'hls' }, true)).toEqual([])
  })
})
