import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fieldFile } from '../support/field-file.js'
import { ffmpeg, H264 } from '../support/lavfi.js'
import { compile, useStudio } from '../support/render.js'
import { flashesAndTones, readSigns, type SoundForm } from './support.js'

const studio = useStudio()

/** Renders a source and checks that its sound is heard at each flash of the picture, that all frames are there, and what is told. */
async function expectInSync(video: string, frames: number, rate: number): Promise<void> {
  const { warnings } = compile({ operations: [], output: null }, await studio.survey({ video }))
  const file = await studio.render([], { video })
  const signs = await readSigns(file.path, rate)
  // Where sound outlasts the picture of the first half, the picture stands still for a frame.
  expect(Math.abs(signs.frames - frames)).toBeLessThanOrEqual(1)
  expect(signs.flashes.length).toBeGreaterThan(5)
  expect(signs.tones).toHaveLength(signs.flashes.length)
  for (const [index, sec] of signs.flashes.entries()) {
    expect(Math.abs((signs.tones[index] ?? NaN) - sec)).toBeLessThan(0.02)
  }
  const codes = [...warnings, ...file.warnings].map(({ code }) => code)
  expect(codes).toContain('sound-changes')
  expect(codes).not.toContain('source-damaged')
}

test('sound that turns from stereo to 5.1 on the way is heard throughout', async () => {
  await expectInSync(await fieldFile(studio, 'audio-2.0-to-5.1.mpegts'), 240, 30)
})

async function half(
  name: string,
  [layout, rate]: readonly [SoundForm, number],
  ...coding: readonly string[]
): Promise<string> {
  return studio.make(
    name,
    ...flashesAndTones(layout, rate, 3),
    ...[...H264, '-bf', '0', ...coding, '-shortest'],
  )
}

async function joined(name: string, halves: readonly string[]): Promise<string> {
  const list = join(studio.dir(), `${name}.txt`)
  await writeFile(list, halves.map((path) => `file '${path}'\n`).join(''))
  const path = join(studio.dir(), 'files', name)
  await ffmpeg('-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', path)
  return path
}

const AAC = ['-c:a', 'aac']
const AC3 = ['-c:a', 'ac3']
const MP3 = ['-c:a', 'libmp3lame']

test.each([
  ['AAC in MPEG-TS', 'ts', AAC, ['stereo', 44_100], ['stereo', 48_000]],
  ['AAC in MPEG-TS, mono to stereo', 'ts', AAC, ['mono', 48_000], ['stereo', 48_000]],
  ['AAC in MP4', 'mp4', AAC, ['mono', 48_000], ['stereo', 48_000]],
  ['AC-3 in Matroska', 'mkv', AC3, ['5.1', 48_000], ['stereo', 48_000]],
  ['AC-3 in MP4', 'mp4', AC3, ['stereo', 48_000], ['5.1', 48_000]],
  ['MP3 in FLV', 'flv', MP3, ['stereo', 44_100], ['mono', 44_100]],
  ['MP3 in Matroska', 'mkv', MP3, ['stereo', 48_000], ['mono', 48_000]],
] as const)('%s that changes on the way', async (title, extension, coding, before, after) => {
  const name = title.replaceAll(/\W/g, '-')
  const halves = await Promise.all([
    half(`${name}-a.${extension}`, before, ...coding),
    half(`${name}-b.${extension}`, after, ...coding),
  ])
  await expectInSync(await joined(`${name}.${extension}`, halves), 150, 25)
})

test('sound that changes where the times begin again', async () => {
  const halves = [
    await half('restart-a.ts', ['stereo', 44_100], ...AAC),
    await half('restart-b.ts', ['5.1', 48_000], ...AAC),
  ]
  const video = join(studio.dir(), 'files', 'restart.ts')
  await writeFile(video, Buffer.concat(await Promise.all(halves.map((path) => readFile(path)))))
  await expectInSync(video, 150, 25)
})
