import { expect, test } from 'vitest'
import { createProber } from '../../src/media/create-prober.js'
import { FFMPEG, FFPROBE, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { useStudio } from '../support/render.js'

const studio = useStudio()

test('a file that takes too long to measure is refused, because a client waits for the answer', async () => {
  const path = await studio.make('film.mp4', ...lavfi(numberedVideo({ rate: '25', seconds: 1 })), ...H264)
  const prober = createProber({ ffmpegPath: FFMPEG, ffprobePath: FFPROBE, fontConfigPath: '/nonexistent' }, 1)
  const facts = await prober.probe(path)
  await expect(prober.measure(path, facts)).rejects.toMatchObject({
    code: 'unsupported-media',
    message: 'The file takes too long to read.',
  })
  expect(
    (
      await createProber({
        ffmpegPath: FFMPEG,
        ffprobePath: FFPROBE,
        fontConfigPath: '/nonexistent',
      }).measure(path, facts)
    ).video?.frameCount,
  ).toBe(25)
})
