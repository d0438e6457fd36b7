import { describe, expect, test } from 'vitest'
import { outputSchema } from '../../../src/edit/output/output-schema.js'
import type { RenditionRequest } from '../../../src/edit/output/renditions.js'

const FILM: RenditionRequest = { name: 'film' }

describe('the schema refuses', () => {
  const renditions = (...list: object[]) => ({ renditions: list })
  test.each([
    ['qualities and renditions together', { qualities: ['720p'], ...renditions(FILM) }],
    ['a quality with a width', renditions({ ...FILM, quality: '720p', width: 100 })],
    ['a name twice', renditions(FILM, FILM)],
    ['a name that the job needs itself', renditions({ name: 'poster' })],
    ['a name that is a path', renditions({ name: '../x' })],
    ['thirteen renditions', renditions(...Array.from({ length: 13 }, (_, index) => ({ name: `r${index}` })))],
    ['no rendition', renditions()],
    ['an unknown container', { container: 'exe' }],
    ['an unknown preset', { preset: 'tiktok' }],
  ])('%s', (_, output) => {
    expect(outputSchema.validate(output).error).toBeDefined()
  })

  test('none of the settings that a rendition can have', () => {
    const whole = {
      ...{ name: 'a', quality: null, width: 640, height: 360, fit: 'blur', video_codec: 'av1', crf: 30 },
      ...{ max_bit_rate: 1e6, preset: 'fast', frame_rate: 23.976, bit_depth: 10, audio_codec: 'opus' },
      audio_bit_rate: 96_000,
    }
    expect(outputSchema.validate({ renditions: [whole], container: 'mp4' }).error).toBeUndefined()
  })
})
