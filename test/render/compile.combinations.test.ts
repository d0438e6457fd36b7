import sharp from 'sharp'
import { beforeAll, describe, expect, test, type TestContext } from 'vitest'
import { CONTAINER_TRAITS } from '../../src/edit/output/containers.js'
import { type AudioCodec, VIDEO_CODECS, type VideoCodec } from '../../src/edit/output/formats.js'
import { VIDEO_CODEC_TRAITS } from '../../src/edit/output/video-codecs.js'
import { readNumbers } from '../support/frames.js'
import { AAC, ffprobe, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import {
  allCombinations,
  type Combination,
  isPossible,
  nameOf,
  requestOf,
} from '../support/outputs/combinations.js'
import { renderOutput } from '../support/outputs/derived.js'
import { hasEncoder } from '../support/outputs/encoders.js'
import { brokenHlsRules } from '../support/outputs/hls-rules.js'
import { useStudio } from '../support/render.js'
import { decodeSound, soundSec } from '../support/sound.js'

const studio = useStudio()
const SECONDS = 0.48
const FRAMES = Array.from({ length: 12 }, (_, index) => index)

const sources = new Map<Combination['material'], string>()
const missing = new Set<VideoCodec>()

beforeAll(async () => {
  const picture = lavfi(numberedVideo({ rate: '25', seconds: SECONDS, width: 64, height: 64 }))
  const sound = lavfi(`sine=frequency=1000:sample_rate=48000:duration=${SECONDS},volume=4`)
  sources.set('film', await studio.make('film.mp4', ...picture, ...sound, ...H264, ...AAC))
  sources.set('silent film', await studio.make('silent.mp4', ...picture, ...H264))
  sources.set('sound alone', await studio.make('sound.flac', ...sound))
  for (const codec of VIDEO_CODECS) {
    if (!(await hasEncoder(VIDEO_CODEC_TRAITS[codec].encoder))) missing.add(codec)
  }
})

/** Each possible output once: with the codecs named, and streams of both protocols, which have the same files. */
const possible = allCombinations().filter((combination) => {
  const { material, container, videoCodec, bitDepth, audioCodec, packaging } = combination
  const { holds } = CONTAINER_TRAITS[container]
  const isNamed = holds !== 'video' || (videoCodec !== null && bitDepth !== null)
  const isHeard = holds !== 'animation' && material !== 'silent film'
  const isWhole = ['none', 'hls+dash'].includes(packaging)
  const isPlain = holds === 'video' || bitDepth === null
  return isNamed && isPlain && isHeard === (audioCodec !== null) && isWhole && isPossible(combination)
})

const streams = possible.filter(({ packaging }) => packaging !== 'none')
const isStreamed = (one: Combination) =>
  streams.some((stream) => nameOf(stream) === nameOf({ ...one, packaging: 'hls+dash' }))
const files = possible.filter((one) => one.packaging === 'none' && !isStreamed(one))

/** What ffprobe says of codecs. */
const PROBED_SOUND: Readonly<Record<AudioCodec, string>> = {
  ...{ aac: 'aac', opus: 'opus', mp3: 'mp3', flac: 'flac', pcm: 'pcm_s16le' },
}

async function render(combination: Combination, context: TestContext) {
  const { videoCodec } = combination
  context.skip(videoCodec !== null && missing.has(videoCodec), `ffmpeg has no encoder of ${videoCodec}`)
  const isSound = CONTAINER_TRAITS[combination.container].holds === 'audio'
  const output = requestOf(combination, isSound ? {} : { preset: 'ultrafast' })
  return renderOutput(studio, output, { video: sources.get(combination.material) ?? '' })
}

/** The codecs, every frame, and the whole sound. */
async function expectWhole(path: string, combination: Combination): Promise<void> {
  const { container, videoCodec, bitDepth, audioCodec } = combination
  if (CONTAINER_TRAITS[container].holds === 'animation') return expectAnimation(path, combination)
  const entries = ['-show_entries', 'stream=codec_type,codec_name,pix_fmt', '-of', 'csv=p=0']
  // ffprobe lists the streams of a playlist twice.
  const found = [...new Set((await ffprobe(...entries, path)).split('\n').filter(Boolean))].sort()
  const depth = bitDepth === 10 ? 'yuv420p10le' : 'yuv420p'
  const name = videoCodec && VIDEO_CODEC_TRAITS[videoCodec].probeName
  expect(found).toEqual(
    [
      ...(audioCodec ? [`${PROBED_SOUND[audioCodec]},audio`] : []),
      ...(name ? [`${name},video,${depth}`] : []),
    ].sort(),
  )
  if (CONTAINER_TRAITS[container].holds !== 'audio') expect(await readNumbers(path)).toEqual(FRAMES)
  if (audioCodec) {
    const samples = await decodeSound(path)
    expect(soundSec(samples)).toBeGreaterThan(SECONDS - 0.01)
    expect(soundSec(samples)).toBeLessThan(SECONDS + 0.06)
    expect(Math.max(...samples.subarray(0, SECONDS * 48_000))).toBeGreaterThan(0.3)
  }
}

async function expectAnimation(path: string, { container }: Combination): Promise<void> {
  // ffmpeg reads no animated WebP before version 8.
  if (container === 'webp') expect((await sharp(path).metadata()).pages).toBe(FRAMES.length)
  else expect(await readNumbers(path)).toEqual(FRAMES)
}

describe.concurrent('a file of', () => {
  test.for(files.map((one) => [nameOf(one), one] as const))('%s plays', async ([, combination], context) => {
    const { paths } = await render(combination, context)
    await expectWhole(paths.get('one') ?? '', combination)
  })
})

describe.concurrent('a stream of', () => {
  test.for(streams.map((one) => [nameOf(one), one] as const))(
    '%s plays',
    async ([, combination], context) => {
      const { paths } = await render(combination, context)
      await expectWhole(paths.get('one') ?? '', combination)
      const [hls = '', dash = ''] = [paths.get('hls'), paths.get('dash')]
      expect(await brokenHlsRules(hls)).toEqual([])
      await expectWhole(hls, combination)
      expect(await readNumbers(dash)).toEqual(FRAMES)
    },
  )
})
