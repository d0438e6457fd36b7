import { expect, test } from 'vitest'
import { fieldFile } from '../support/field-file.js'
import { decodeRgb } from '../support/frames.js'
import { AAC, ffprobe, H264, lavfi } from '../support/lavfi.js'
import { useStudio } from '../support/render.js'
import { compile } from '../support/render.js'
import { decodeSound, pitchOf } from '../support/sound.js'
import { readSigns } from './support.js'

const studio = useStudio()

/** Codes of the plan of an edit that changes nothing. */
async function warningsOf(video: string): Promise<string[]> {
  const plan = compile({ operations: [], output: null }, await studio.survey({ video }))
  return plan.warnings.map(({ code }) => code)
}

test('a still picture without a flag before the film is its cover', async () => {
  const video = await fieldFile(studio, 'still-picture-track-first.mkv')
  const { path, facts } = await studio.render([], { video })
  expect([facts.video?.width, facts.video?.height]).toEqual([640, 360])
  expect(await readSigns(path, 30)).toMatchObject({ frames: 120, changes: 120 })
})

test('a PNG before the film in MP4 is its cover', async () => {
  const video = await studio.make(
    'cover.mp4',
    ...[...lavfi('color=red:s=64x64:d=0.04:r=25'), ...lavfi('testsrc2=s=320x180:r=25:d=2')],
    ...['-map', '0:v', '-map', '1:v', '-c:v:0', 'png', '-c:v:1', 'libx264', '-disposition:v', '0'],
  )
  const { facts } = await studio.render([], { video })
  expect(facts.video).toMatchObject({ width: 320, height: 180, frameCount: 50 })
})

test('a disabled picture before the enabled one is not shown', async () => {
  const video = await studio.make(
    'disabled.mov',
    ...[...lavfi('color=red:s=320x180:d=2:r=25'), ...lavfi('color=blue:s=320x180:d=2:r=25')],
    ...['-map', '0:v', '-map', '1:v', ...H264, '-disposition:v:0', '0', '-disposition:v:1', 'default'],
  )
  const [picture] = await decodeRgb((await studio.render([], { video })).path)
  expect(picture?.data[2]).toBeGreaterThan(200)
})

test('a description for the blind before the sound of the picture is not heard', async () => {
  const video = await fieldFile(studio, 'audio-description-first.mkv')
  const { path } = await studio.render([], { video })
  const tracks = await ffprobe(
    '-select_streams',
    'a',
    '-show_entries',
    'stream=index',
    '-of',
    'csv=p=0',
    video,
  )
  expect(tracks.trim().split('\n')).toEqual(['1', '2'])
  const main = await studio.make('main.wav', '-i', video, '-map', '0:2')
  const [heard, meant] = [await decodeSound(path), await decodeSound(main)]
  expect(pitchOf(heard, 1.5, 1.9)).toBeCloseTo(pitchOf(meant, 1.5, 1.9), -1)
})

test.each(['Director’s commentary', 'Audio description'])(
  'a default track titled "%s" is not heard',
  async (title) => {
    const video = await studio.make(
      'titled.mkv',
      ...[...lavfi('testsrc2=s=320x180:r=25:d=2'), ...lavfi('sine=300:d=2'), ...lavfi('sine=900:d=2')],
      ...['-map', '0', '-map', '1', '-map', '2', ...H264, ...AAC],
      ...['-metadata:s:a:0', `title=${title}`, '-disposition:a:0', 'default', '-disposition:a:1', '0'],
    )
    const { path } = await studio.render([], { video })
    expect(pitchOf(await decodeSound(path), 0.5, 1.5)).toBeCloseTo(900, -1)
  },
)

test('a default track that nothing decodes gives way to the one that can be decoded, and is told', async () => {
  const video = await fieldFile(studio, 'audio-undecodable-default.mov')
  expect(await warningsOf(video)).toContain('undecodable-audio')
  const { path } = await studio.render([], { video })
  const signs = await readSigns(path, 30)
  expect(signs.frames).toBe(120)
  expect(signs.tones.length).toBeGreaterThanOrEqual(3)
})

test('a film whose only sound nothing decodes keeps its picture, and is told', async () => {
  const source = await fieldFile(studio, 'audio-undecodable-default.mov')
  const video = await studio.make(
    'only-unknown.mov',
    '-i',
    source,
    '-map',
    '0:0',
    '-map',
    '0:2',
    '-c',
    'copy',
  )
  expect(await warningsOf(video)).toContain('undecodable-audio')
  const { path, facts } = await studio.render([], { video })
  expect(facts.audio).toEqual([])
  expect((await readSigns(path, 30)).frames).toBe(120)
})

test.each(['mkv', 'mp4'])('a single frame of H.264 before the film in %s is its cover', async (extension) => {
  const video = await studio.make(
    `still-h264.${extension}`,
    ...[...lavfi('color=red:s=64x64:d=0.04:r=25'), ...lavfi('testsrc2=s=320x180:r=25:d=2')],
    ...['-map', '0:v', '-map', '1:v', ...H264, '-disposition:v', '0'],
  )
  const { facts } = await studio.render([], { video })
  expect(facts.video).toMatchObject({ width: 320, height: 180, frameCount: 50 })
})

test('the sound of a radio programme before that of the film in MPEG-TS is not heard', async () => {
  const video = await studio.make(
    'programmes.ts',
    ...[...lavfi('sine=300:d=2'), ...lavfi('testsrc2=s=320x180:r=25:d=2'), ...lavfi('sine=900:d=2')],
    ...['-map', '0', '-map', '1', '-map', '2', ...H264, '-bf', '0', ...AAC],
    ...['-program', 'title=radio:st=0', '-program', 'title=film:st=1:st=2'],
  )
  const { path, facts } = await studio.render([], { video })
  expect(facts.video?.frameCount).toBe(50)
  expect(pitchOf(await decodeSound(path), 0.5, 1.5)).toBeCloseTo(900, -1)
})

test.each([
  ['mkv', '0.046', []],
  ['mov', '0.046', ['-movflags', '+faststart']],
  ['mp4', '0.7', []],
])('a default track in %s that has %s s of sound gives way to a whole one', async (extension, sec, more) => {
  const video = await studio.make(
    `remnant.${extension}`,
    ...[...lavfi('testsrc2=s=320x180:r=25:d=2'), ...lavfi(`sine=300:d=${sec}`), ...lavfi('sine=900:d=2')],
    ...['-map', '0', '-map', '1', '-map', '2', ...H264, ...AAC, ...more],
    ...['-disposition:a:0', 'default', '-disposition:a:1', '0'],
  )
  expect(await warningsOf(video)).toEqual(['several-audio-tracks'])
  const { path } = await studio.render([], { video })
  expect(pitchOf(await decodeSound(path), 0.5, 1.5)).toBeCloseTo(900, -1)
})

test('a default track that ends a little before another is heard', async () => {
  const video = await studio.make(
    'shorter.mkv',
    ...[...lavfi('testsrc2=s=320x180:r=25:d=2'), ...lavfi('sine=900:d=2'), ...lavfi('sine=300:d=1.6')],
    ...['-map', '0', '-map', '1', '-map', '2', ...H264, ...AAC],
    ...['-disposition:a:0', '0', '-disposition:a:1', 'default'],
  )
  const { path } = await studio.render([], { video })
  expect(pitchOf(await decodeSound(path), 0.5, 1.5)).toBeCloseTo(300, -1)
})
