import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { SOUND_CONTAINERS } from '../../src/edit/output/formats.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { renderOutput } from '../support/outputs/derived.js'
import { fieldFile } from '../support/outputs/field-file.js'
import { compile, useStudio } from '../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../support/sound.js'

const studio = useStudio()

describe('sound alone of a video', () => {
  let longer = ''
  let shorter = ''
  beforeAll(async () => {
    longer = await fieldFile(studio, 'audio-longer.mp4')
    const picture = lavfi(numberedVideo({ rate: '25', seconds: 5 }))
    shorter = await studio.make('shorter.mkv', ...picture, ...lavfi(beeps(3)), ...H264, ...AAC)
  })

  test.each(SOUND_CONTAINERS)(
    'is as long as the sound, which outlasts the picture, in %s',
    async (container) => {
      const { plan, paths } = await renderOutput(studio, { container }, { video: longer })
      expect(plan.warnings).toEqual([])
      const seconds = soundSec(await decodeSound(paths.get('audio') ?? ''))
      expect(Math.abs(seconds - 6)).toBeLessThan(0.06)
    },
  )

  test('is as long as the sound, which ends before the picture', async () => {
    const { paths } = await renderOutput(studio, { container: 'wav' }, { video: shorter })
    expect(soundSec(await decodeSound(paths.get('audio') ?? ''))).toBeCloseTo(3, 1)
  })

  test('may be trimmed where there is sound without a picture', async () => {
    const edit = {
      operations: [{ type: 'trim', start_time: 4, end_time: 5.5, mode: null }] satisfies Operation[],
      output: { container: 'wav' as const },
    }
    const [file] = await studio.renderEdit(edit, { video: longer })
    expect(soundSec(await decodeSound(file?.path ?? ''))).toBeCloseTo(1.5, 2)
  })

  test('keeps the time of the video where a trim reaches beyond the sound', async () => {
    const edit = {
      operations: [{ type: 'trim', start_time: 0.5, end_time: 4.5, mode: null }] satisfies Operation[],
      output: { container: 'wav' as const },
    }
    const [file] = await studio.renderEdit(edit, { video: shorter })
    const samples = await decodeSound(file?.path ?? '')
    expect(soundSec(samples)).toBeCloseTo(4, 2)
    expect(findBeeps(samples).map(({ sourceSec }) => sourceSec)).toEqual([1, 2])
  })

  test('has no warning of the picture', async () => {
    const video = await fieldFile(studio, 'hdr-hlg-grey-steps.mp4')
    const sources = await studio.survey({ video })
    const heard = {
      ...sources.video.facts,
      audio: (await studio.survey({ video: longer })).video.facts.audio,
    }
    const facts = { ...sources, video: { ...sources.video, facts: heard } }
    const codes = (container: 'mp3' | 'mp4') =>
      compile({ operations: [], output: { container } }, facts).warnings.map(({ code }) => code)
    expect(codes('mp3')).toEqual([])
    expect(codes('mp4')).toContain('hdr-tone-mapped')
  })
})
