import { copyFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import Joi from 'joi'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { operationSchema } from '../../src/edit/operation-schemas.js'
import { AAC, ffmpeg, H264, lavfi } from '../support/lavfi.js'
import { type EditFiles, useStudio } from '../support/render.js'
import { srt } from '../support/subtitles.js'
import { type Example, EXAMPLES, PRESET_EXAMPLES } from './examples.js'

const FIXTURES = resolve('test/fixtures')

/** Renders the pictures of docs/edits.md. Runs only as a part of `npm run docs:edits`. */
describe('pictures of docs/edits.md', () => {
  const studio = useStudio()
  let files: EditFiles = { video: '' }
  let interlaced = ''

  beforeAll(async () => {
    const place = async (from: string, name: string) => {
      const path = join(studio.dir(), 'files', name)
      await copyFile(join(FIXTURES, from), path)
      return path
    }
    const subtitles = join(studio.dir(), 'files', 'film.srt')
    await writeFile(
      subtitles,
      srt([0, 5, 'Good morning!\n<i>The birds are <font color="#ffd400">singing</font>.</i>']),
    )
    const words = join(studio.dir(), 'files', 'words.vtt')
    await writeFile(
      words,
      'WEBVTT\n\n00:00.000 --> 00:05.000\nGood <00:01.200>morning <00:02.400>everyone 🐰\n',
    )
    const card = lavfi('testsrc2=s=1280x720:r=25:d=4')
    const video = await place('big-buck-bunny-720p-5s.mp4', 'bunny.mp4')
    const clip = await studio.make('clip.mp4', ...lavfi('testsrc2=s=320x180:r=25:d=3'), ...H264)
    files = {
      video,
      videos: { '0193a0b1-7c2d-7e3f-8a4b-5c6d7e8f9a0b': await studio.make('card.mp4', ...card, ...H264) },
      assets: {
        'logo.png': await place('logo.png', 'logo.png'),
        'clip.mp4': clip,
        'music.mp3': await studio.make(
          'music.mp3',
          ...lavfi("aevalsrc='0.6*sin(2*PI*220*t)*abs(sin(3*t))':d=3"),
        ),
        'film.srt': subtitles,
        'words.vtt': words,
      },
    }
    const fields = ['-vf', 'tinterlace=mode=interleave_top', '-flags', '+ilme+ildct', '-field_order', 'tt']
    interlaced = await studio.make('fields.mp4', '-i', video, ...fields, ...H264, ...AAC)
  })

  const rendered = (type: string, example: object) => {
    const operation = Joi.attempt(example, operationSchema as Joi.AlternativesSchema<Operation>, {
      convert: false,
    })
    return studio.render([operation], type === 'deinterlace' ? { ...files, video: interlaced } : files)
  }

  test.each(Object.entries(EXAMPLES))(
    '%s',
    async (type, { operation, shows }) => {
      const { path, facts } = await rendered(type, operation)
      const to = resolve('docs/pictures', `${type}.jpg`)
      const strip = await ffmpeg(
        ...['-i', path, ...drawing(shows, facts.video?.frameCount ?? 0)],
        ...['-frames:v', '1', '-map_metadata', '-1', '-fflags', '+bitexact', '-q:v', '6', to],
      )
      expect(strip).toHaveLength(0)
    },
    120_000,
  )

  test('presets of subtitles', async () => {
    const pictures = await Promise.all(
      PRESET_EXAMPLES.map(async (operation, index) => {
        const { path } = await rendered(operation.type, operation)
        const to = join(studio.dir(), `preset-${index}.png`)
        await ffmpeg('-ss', '2', '-i', path, '-frames:v', '1', '-vf', 'scale=240:-2', to)
        return to
      }),
    )
    const to = resolve('docs/pictures/subtitles-presets.jpg')
    await ffmpeg(
      ...pictures.flatMap((picture) => ['-i', picture]),
      ...['-filter_complex', '[0][1]hstack[above];[2][3]hstack[below];[above][below]vstack'],
      ...['-map_metadata', '-1', '-fflags', '+bitexact', '-q:v', '8', to],
    )
    expect(pictures).toHaveLength(4)
  }, 120_000)
})

/** The ffmpeg filters that make one picture, 480 pixels wide, of a rendered file. */
function drawing(shows: Example['shows'], frames: number): string[] {
  const half = Math.floor(frames / 2)
  const step = Math.max(1, Math.floor(frames / 4))
  switch (shows) {
    case 'frame':
      return ['-vf', `select='eq(n,${half})',scale=480:-2`]
    case 'frames':
      return ['-vf', `select='eq(mod(n,${step}),${step >> 1})',scale=120:-2,tile=4x1`]
    case 'sound':
      return [
        '-filter_complex',
        'color=white:s=480x120[g];[0:a]showwavespic=s=480x120:colors=0x2f6feb:scale=sqrt[w];[g][w]overlay',
      ]
  }
}
