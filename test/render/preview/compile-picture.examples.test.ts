import { copyFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import Joi from 'joi'
import { beforeAll, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { operationSchema } from '../../../src/edit/operation-schemas.js'
import { EXAMPLES } from '../../docs/examples.js'
import { AAC, H264, lavfi } from '../../support/lavfi.js'
import { type EditFiles, useStudio } from '../../support/render.js'
import { srt } from '../../support/subtitles.js'
import { expectFrames } from './preview-frames.js'

const studio = useStudio()
let files: EditFiles
let interlaced = ''

beforeAll(async () => {
  const place = async (from: string, name: string) => {
    const path = join(studio.dir(), 'files', name)
    await copyFile(resolve('test/fixtures', from), path)
    return path
  }
  const subtitles = join(studio.dir(), 'files', 'film.srt')
  await writeFile(subtitles, srt([0, 5, 'Good morning!\n<i>The birds are singing</i>.']))
  const card = lavfi('testsrc2=s=1280x720:r=25:d=4')
  const video = await place('big-buck-bunny-720p-5s.mp4', 'bunny.mp4')
  files = {
    video,
    videos: { '0193a0b1-7c2d-7e3f-8a4b-5c6d7e8f9a0b': await studio.make('card.mp4', ...card, ...H264) },
    assets: {
      'logo.png': await place('logo.png', 'logo.png'),
      'music.mp3': await studio.make('music.mp3', ...lavfi('sine=d=3')),
      'film.srt': subtitles,
    },
  }
  const fields = ['-vf', 'tinterlace=mode=interleave_top', '-flags', '+ilme+ildct', '-field_order', 'tt']
  interlaced = await studio.make('fields.mp4', '-i', video, ...fields, ...H264, ...AAC)
})

/** The example of each operation in docs/edits.md. */
test.each(Object.entries(EXAMPLES))(
  'pictures of %s are those of the rendered frames',
  async (type, { operation }) => {
    const schema = operationSchema as Joi.AlternativesSchema<Operation>
    const edit = { operations: [Joi.attempt(operation, schema, { convert: false })], output: null }
    const used = type === 'deinterlace' ? { ...files, video: interlaced } : files
    await expectFrames(studio, { edit, files: used })
  },
  120_000,
)
