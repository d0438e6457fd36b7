import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { CONTAINER_TRAITS, videoCodecsIn } from '../../../src/edit/output/containers.js'
import { type Container, CONTAINERS, type VideoCodec } from '../../../src/edit/output/formats.js'
import type { OutputRequest } from '../../../src/edit/output/output.js'
import type { RenditionRequest } from '../../../src/edit/output/renditions.js'
import { VIDEO_CODEC_TRAITS } from '../../../src/edit/output/video-codecs.js'
import { readMovieFacts } from '../../../src/media/mp4/movie/movie-facts.js'
import { frameTimes, keyFrameTimes, readNumber, readNumbers } from '../../support/frames.js'
import { AAC, beeps, ffprobe, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { type RenderedFile, useStudio } from '../../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../../support/sound.js'

const studio = useStudio()
const SECONDS = 3
const RATE = 25
const SIZE = { width: 192, height: 108 }

let source = ''
beforeAll(async () => {
  source = await studio.make(
    'source.mp4',
    ...lavfi(numberedVideo({ rate: String(RATE), seconds: SECONDS, ...SIZE })),
    ...lavfi(beeps(SECONDS)),
    ...['-metadata', 'title=Secret title', '-metadata', 'location=+48.2082+016.3738/'],
    ...['-metadata:s:v', 'title=Secret track', ...H264, ...AAC],
  )
})

async function renderOutput(output: OutputRequest): Promise<RenderedFile> {
  const [file] = await studio.renderEdit(
    { operations: [], output },
    { video: source },
    { encode: 'as-planned' },
  )
  if (!file) throw new Error('the edit has no output')
  return file
}

const ALL_NUMBERS = Array.from({ length: SECONDS * RATE }, (_, index) => index)
const codecs = CONTAINERS.flatMap((container) => {
  const isFilm = CONTAINER_TRAITS[container].holds === 'video'
  return isFilm ? videoCodecsIn(container).map((codec) => [container, codec] as const) : []
})
/** What ffprobe tells of a film in the usual bit depth. */
const PROBED: Readonly<Record<VideoCodec, { readonly codec: string; readonly pixelFormat: string }>> = {
  h264: { codec: 'h264', pixelFormat: 'yuv420p' },
  h265: { codec: 'hevc', pixelFormat: 'yuv420p' },
  av1: { codec: 'av1', pixelFormat: 'yuv420p' },
  vp9: { codec: 'vp9', pixelFormat: 'yuv420p' },
}

/** As fast and good as each codec lets a client choose. */
function filmOf(codec: VideoCodec): RenditionRequest {
  const { crf, hasPresets } = VIDEO_CODEC_TRAITS[codec]
  return {
    name: 'film',
    video_codec: codec,
    ...(hasPresets ? { preset: 'veryfast' } : {}),
    ...(crf ? { crf: 20 } : {}),
  }
}

describe('films', () => {
  test.each(codecs)(
    '%s with %s have every frame, key frames every two seconds, and sound in its place',
    async (container, codec) => {
      const { path, facts } = await renderOutput({ container, renditions: [filmOf(codec)] })
      expect(path.endsWith(`.${container}`)).toBe(true)
      expect(facts.video).toMatchObject({ ...SIZE, ...PROBED[codec] })
      const isReadAlone = (await readMovieFacts(path)) !== null
      expect(isReadAlone).toBe(CONTAINER_TRAITS[container].isIsoMedia)
      expect(await readNumbers(path)).toEqual(ALL_NUMBERS)
      const [first = 0] = await frameTimes(path)
      expect((await keyFrameTimes(path)).map((sec) => Math.round((sec - first) * RATE))).toEqual([0, 50])
      await expectSound(path, first)
    },
  )

  test.each([
    ['mp4', 'opus', 'opus'],
    ['mp4', 'mp3', 'mp3'],
    ['mp4', 'flac', 'flac'],
    ['mkv', 'pcm', 'pcm_s16le'],
    ['mov', 'pcm', 'pcm_s16le'],
  ] as const)('%s holds sound of %s', async (container, audio_codec, codec) => {
    const rendition = { name: 'film', audio_codec, preset: 'ultrafast' } as const
    const { path, facts } = await renderOutput({ container, renditions: [rendition] })
    expect(facts.audio).toMatchObject([{ codec, channels: 2 }])
    await expectSound(path)
  })

  test.each(['h265', 'av1', 'vp9'] as const)('%s has 10 bits when the edit asks for them', async (codec) => {
    const rendition = { name: 'deep', video_codec: codec, bit_depth: 10, preset: 'ultrafast' } as const
    const { facts } = await renderOutput({ renditions: [rendition] })
    expect(facts.video).toMatchObject({
      pixelFormat: 'yuv420p10le',
      colorSpace: 'smpte170m',
      colorRange: 'tv',
    })
  })

  test('another frame rate shows at each moment the nearest frame', async () => {
    const rendition = { name: 'slow', frame_rate: 12.5, preset: 'ultrafast', crf: 10 } as const
    const { path, facts } = await renderOutput({ renditions: [rendition] })
    expect(facts.video?.frameRate).toEqual({ num: 25, den: 2 })
    expect(await readNumbers(path)).toEqual(ALL_NUMBERS.filter((number) => number % 2 === 0))
    await expectSound(path)
  })

  test('a rate that does not divide that of the source shows the nearest frames, too', async () => {
    const rendition = { name: 'ten', frame_rate: 10, preset: 'ultrafast', crf: 10 } as const
    const numbers = await readNumbers((await renderOutput({ renditions: [rendition] })).path)
    expect(numbers).toHaveLength(SECONDS * 10)
    numbers.forEach((number, index) => {
      expect(Math.abs((number ?? NaN) - index * 2.5)).toBeLessThanOrEqual(0.5)
    })
  })

  test('29.97 frames a second are exactly 30000/1001', async () => {
    const rendition = { name: 'ntsc', frame_rate: 29.97, preset: 'ultrafast' } as const
    const { facts } = await renderOutput({ renditions: [rendition] })
    expect(facts.video).toMatchObject({ frameRate: { num: 30_000, den: 1001 }, frameCount: 90 })
  })

  test('a cap holds for the whole file', async () => {
    const rendition = { name: 'capped', max_bit_rate: 60_000, preset: 'veryfast' } as const
    const { path } = await renderOutput({ renditions: [rendition] })
    const rate = Number(
      await ffprobe('-select_streams', 'v', '-show_entries', 'stream=bit_rate', '-of', 'csv=p=0', path),
    )
    // The buffer of two seconds may be spent once in addition to what the rate fills.
    expect(rate).toBeLessThan((60_000 * (SECONDS + 2)) / SECONDS)
  })
})

describe('a rendition of another shape', () => {
  const shape = { name: 'square', width: 120, height: 120, preset: 'ultrafast' } as const

  test('with `fit` shows the whole picture within the box', async () => {
    const { facts } = await renderOutput({ renditions: [{ ...shape, fit: 'fit' }] })
    expect(facts.video).toMatchObject({ width: 120, height: 68 })
  })

  test.each(['pad', 'blur', 'fill'] as const)('with `%s` has exactly the size', async (fit) => {
    const { facts } = await renderOutput({ renditions: [{ ...shape, fit }] })
    expect(facts.video).toMatchObject({ width: 120, height: 120 })
  })
})

describe('sound alone', () => {
  test.each(CONTAINERS.filter((container) => CONTAINER_TRAITS[container].holds === 'audio'))(
    '%s is as long as the material',
    async (container) => {
      const { path, facts, pass } = await renderOutput({ container })
      expect(pass.kind).toBe('encodeAudio')
      expect(facts.video).toBeNull()
      expect(Math.abs(soundSec(await decodeSound(path)) - SECONDS)).toBeLessThan(0.1)
      await expectSound(path)
    },
  )
})

describe('animations', () => {
  test('a GIF shows every frame for equally long', async () => {
    const { path, facts } = await renderOutput({ container: 'gif' })
    expect(facts.video).toMatchObject({ ...SIZE, frameRate: { num: 25, den: 1 } })
    expect(await readNumbers(path)).toEqual(ALL_NUMBERS)
    expect((await frameTimes(path)).map((sec) => Math.round(sec * RATE))).toEqual(ALL_NUMBERS)
  })

  test('a GIF of 30 frames a second has 25, which its timebase can express', async () => {
    const { facts } = await renderOutput({ container: 'gif', renditions: [{ name: 'gif', frame_rate: 30 }] })
    expect(facts.video).toMatchObject({ frameRate: { num: 25, den: 1 }, frameCount: SECONDS * 25 })
  })

  test('a WebP repeats forever, and shows what the film shows', async () => {
    const rendition = { name: 'webp', frame_rate: 10 }
    const { path, facts } = await renderOutput({ container: 'webp', renditions: [rendition] })
    expect(facts).toMatchObject({ durationSec: SECONDS, video: SIZE })
    const { pages = 0, loop, delay = [] } = await sharp(path).metadata()
    expect([pages, loop]).toEqual([SECONDS * 10, 0])
    expect(new Set(delay)).toEqual(new Set([100]))
    const shown = await Promise.all([0, 11, pages - 1].map((page) => readWebpNumber(path, page)))
    expect(shown).toEqual([0, 28, 73])
  })
})

async function readWebpNumber(path: string, page: number): Promise<number | null> {
  const { data, info } = await sharp(path, { page }).grayscale().raw().toBuffer({ resolveWithObject: true })
  return readNumber({ width: info.width, height: info.height, data })
}

describe('only picture and sound of the source', () => {
  test.each(['mp4', 'mkv', 'webm', 'mov', 'mp3', 'm4a', 'flac', 'ogg', 'wav'] satisfies Container[])(
    'are in %s',
    async (container) => {
      const isSound = CONTAINER_TRAITS[container].holds === 'audio'
      const rendition = { name: 'plain', ...(isSound ? {} : { preset: 'ultrafast' as const }) }
      const { path } = await renderOutput({ container, renditions: [rendition] })
      const tags = await ffprobe('-show_entries', 'format_tags:stream_tags', '-of', 'flat', path)
      expect(tags).not.toMatch(/Secret|48\.2082|location/i)
    },
  )
})

/** Checks that the tone of each whole second is in its place, to the length of two frames of sound encoders. */
async function expectSound(path: string, startSec = 0): Promise<void> {
  const heard = findBeeps(await decodeSound(path)).filter(({ sourceSec }) => sourceSec > 0)
  expect(heard.map(({ sourceSec }) => sourceSec)).toEqual([1, 2])
  for (const { atSec, sourceSec } of heard) {
    expect(Math.abs(atSec - startSec - sourceSec)).toBeLessThan(0.05)
  }
}
