import { expect, test } from 'vitest'
import { classifyExit } from '../../../src/media/process/classify-exit.js'
import { runMediaProcess } from '../../../src/media/process/spawn-media.js'
import { inputArgs } from '../../../src/plan/argv/input-args.js'
import { FFMPEG, H264, lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

const FILM = lavfi('testsrc2=s=64x64:r=10:d=1')
const SOUND = lavfi('sine=d=1')

const refusal = (codec: string) => ({
  code: 'unsupported-media',
  message: `A track of the file is coded as ${codec}, which is not read. Convert it, or make a file without that track.`,
})

test.each([
  ['magicyuv', 'a.mkv', [...FILM, '-c:v', 'magicyuv']],
  ['snow', 'b.avi', [...FILM, '-c:v', 'snow', '-strict', '-2']],
  ['asv1', 'c.avi', [...FILM, '-c:v', 'asv1']],
  [
    'g723_1',
    'd.mkv',
    [...FILM, ...SOUND, ...H264, '-ar', '8000', '-ac', '1', '-c:a', 'g723_1', '-b:a', '6300'],
  ],
])('a file in %s is refused, and told why', async (codec, name, args) => {
  await expect(studio.probe(await studio.make(name, ...args))).rejects.toMatchObject(refusal(codec))
})

test('a file that takes the place of another is not decoded either', async () => {
  const file = await studio.make('swapped.mkv', ...FILM, '-c:v', 'magicyuv')
  const input = inputArgs({ key: 'x', format: 'matroska,webm', seekSec: 0 }, 0).slice(0, -2)
  const exit = await runMediaProcess({
    command: FFMPEG,
    args: ['-v', 'level+error', '-nostdin', ...input, '-i', file, '-f', 'null', '-'],
    cwd: '/',
    onStdout: () => undefined,
  })
  expect(classifyExit(exit)).toMatchObject(refusal('magicyuv'))
})

test.each([
  ['prores', 'a.mov', ['-c:v', 'prores_ks']],
  ['dnxhd', 'b.mov', ['-s', '1920x1080', '-pix_fmt', 'yuv422p', '-r', '25', '-c:v', 'dnxhd', '-b:v', '120M']],
  ['dvvideo', 'c.avi', ['-s', '720x576', '-pix_fmt', 'yuv420p', '-r', '25', '-c:v', 'dvvideo']],
  ['cfhd', 'd.mov', ['-c:v', 'cfhd']],
  ['utvideo', 'e.avi', ['-c:v', 'utvideo']],
  ['huffyuv', 'f.avi', ['-pix_fmt', 'yuv422p', '-c:v', 'huffyuv']],
  ['qtrle', 'g.mov', ['-c:v', 'qtrle']],
  ['wmv2', 'h.wmv', ['-c:v', 'wmv2']],
  ['msmpeg4v3', 'i.avi', ['-c:v', 'msmpeg4']],
  ['h263', 'j.3gp', ['-s', '176x144', '-c:v', 'h263']],
  ['flashsv', 'k.flv', ['-c:v', 'flashsv']],
  ['cinepak', 'l.mov', ['-c:v', 'cinepak']],
  ['zmbv', 'm.avi', ['-c:v', 'zmbv']],
  ['v210', 'n.mov', ['-c:v', 'v210']],
  ['jpeg2000', 'o.mkv', ['-c:v', 'jpeg2000']],
])('a film in %s is read', async (codec, name, args) => {
  const facts = await studio.probe(await studio.make(name, ...FILM, ...args))
  expect(facts.video?.codec).toBe(codec)
  expect(facts.video?.pixelFormat).not.toBe('unknown')
})

test.each([
  ['alac', 'a.m4a', ['-c:a', 'alac']],
  ['eac3', 'b.mkv', ['-c:a', 'eac3']],
  ['dts', 'c.mkv', ['-c:a', 'dca', '-strict', '-2']],
  ['truehd', 'd.mkv', ['-c:a', 'truehd', '-strict', '-2']],
  ['wmav2', 'e.wma', ['-c:a', 'wmav2']],
  ['adpcm_ima_wav', 'f.wav', ['-c:a', 'adpcm_ima_wav']],
  ['pcm_mulaw', 'g.wav', ['-c:a', 'pcm_mulaw']],
  ['pcm_s24be', 'h.mov', ['-c:a', 'pcm_s24be']],
  ['wavpack', 'i.mka', ['-c:a', 'wavpack']],
  ['opus', 'j.ogg', ['-c:a', 'libopus']],
  ['mp2', 'l.mpg', ['-c:a', 'mp2']],
])('sound in %s is read', async (codec, name, args) => {
  const facts = await studio.probe(await studio.make(name, ...SOUND, ...args))
  expect(facts.audio[0]).toMatchObject({ codec })
  expect(facts.audio[0]).not.toHaveProperty('cannotDecode')
})
