import { expect, test } from 'vitest'
import { AAC, beeps, lavfi } from '../support/lavfi.js'
import { useStudio } from '../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../support/sound.js'

const studio = useStudio()
const COVER = [...lavfi('color=blue:s=32x32:r=1:d=1'), '-map', '0', '-map', '1', '-frames:v', '1']

test.each([
  ['song.mp3', [...COVER, '-c:a', 'libmp3lame', '-c:v', 'mjpeg', '-disposition:v', 'attached_pic']],
  ['song.m4a', [...AAC]],
  ['song.wav', []],
  ['song.flac', []],
  ['song.ogg', ['-c:a', 'libopus']],
] as const)('%s is trimmed to sound alone', async (name, codec) => {
  const video = await studio.make(name, ...lavfi(beeps(4)), ...codec)
  const { video: source } = await studio.survey({ video })
  expect(source.facts).toMatchObject({ video: null, extension: name.split('.')[1] })
  expect(source.facts.audio[0]?.durationSec).toBeCloseTo(4, 1)
  const edit = {
    operations: [{ type: 'trim', start_time: 0.5, end_time: 2.5, mode: 'exact' }] as const,
    output: { container: 'wav' as const },
  }
  const [file] = await studio.renderEdit(edit, { video })
  expect(file?.facts.video).toBeNull()
  const samples = await decodeSound(file?.path ?? '')
  expect(soundSec(samples)).toBeCloseTo(2, 2)
  const heard = findBeeps(samples)
  expect(heard.map(({ sourceSec }) => sourceSec)).toEqual([1, 2])
  for (const { atSec, sourceSec } of heard) expect(Math.abs(atSec - (sourceSec - 0.5))).toBeLessThan(0.04)
})
