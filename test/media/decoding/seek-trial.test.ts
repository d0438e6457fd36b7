import { expect, test } from 'vitest'
import { needsItsStart } from '../../../src/media/decoding/seek-trial.js'
import { fieldFile } from '../../support/field-file.js'
import { keyFrameTimes } from '../../support/frames.js'
import { FFMPEG, H264, lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const FILM = lavfi('testsrc2=s=160x90:r=25:d=4')

async function tryFile(path: string): Promise<boolean> {
  const { format, video } = await studio.probe(path)
  if (!video) throw new Error('no picture')
  const keyFramesSec = (await keyFrameTimes(path)).slice(0, 3)
  return needsItsStart(FFMPEG, { path, format, video, keyFramesSec, signal: AbortSignal.timeout(20_000) })
}

test('a decoder that corrects mistakes of an encoder that only the first packet names', async () => {
  expect(await tryFile(await fieldFile(studio, 'h264-444-old-x264.mp4'))).toBe(true)
})

test.each([
  ['closed.mp4', H264],
  ['open.mp4', ['-c:v', 'libx264', '-x264-params', 'open-gop=1:keyint=25:min-keyint=25:scenecut=0']],
  ['open-265.mkv', ['-c:v', 'libx265', '-x265-params', 'open-gop=1:keyint=25:min-keyint=25:log-level=none']],
  ['early.mkv', [...H264, '-output_ts_offset', '-1']],
  ['one-key-frame.mp4', [...H264, '-g', '1000', '-keyint_min', '1000', '-sc_threshold', '0']],
  ['every-frame.mov', ['-c:v', 'prores_ks']],
])('%s looks the same behind a seek', async (name, coding) => {
  expect(await tryFile(await studio.make(name, ...FILM, ...coding))).toBe(false)
})
