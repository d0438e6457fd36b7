import { describe, expect, test } from 'vitest'
import { AUDIO_CODEC_TRAITS } from '../../../src/edit/output/audio-codecs.js'
import { audioCodecsIn, CONTAINER_TRAITS, videoCodecsIn } from '../../../src/edit/output/containers.js'
import { CONTAINERS, FILM_CONTAINERS, VIDEO_CODECS } from '../../../src/edit/output/formats.js'
import { listed, rateFactors, usualVideoCodecs } from '../../../src/edit/output/prose.js'
import { bitDepthsOf, VIDEO_CODEC_TRAITS } from '../../../src/edit/output/video-codecs.js'

test.each(CONTAINERS)('%s allows the codecs that it has by default', (container) => {
  const trait = CONTAINER_TRAITS[container]
  if (trait.holds === 'animation') return
  expect(audioCodecsIn(container)).toContain(trait.usual.audio)
  if (trait.holds === 'video') expect(videoCodecsIn(container)).toContain(trait.usual.video)
})

test.each(FILM_CONTAINERS)(
  'if segments can be made of %s, it allows a codec of each kind that segments allow',
  (container) => {
    const trait = CONTAINER_TRAITS[container]
    if (trait.holds !== 'video' || !trait.isSegmented) return
    expect(videoCodecsIn(container).some((codec) => VIDEO_CODEC_TRAITS[codec].isSegmented)).toBe(true)
    expect(audioCodecsIn(container).some((codec) => AUDIO_CODEC_TRAITS[codec].isSegmented)).toBe(true)
  },
)

test.each(VIDEO_CODECS)('%s has a bit depth, and its rate factors are on its scale', (codec) => {
  expect(bitDepthsOf(codec).length).toBeGreaterThan(0)
  const { crf } = VIDEO_CODEC_TRAITS[codec]
  for (const factor of crf ? [crf.usual, crf.edited] : []) expect(factor).toBeLessThanOrEqual(crf?.max ?? 0)
})

test('WebM allows the codecs of its guidelines', () => {
  expect([videoCodecsIn('webm').toSorted(), audioCodecsIn('webm')]).toEqual([['av1', 'vp9'], ['opus']])
})

describe('the texts of the schema', () => {
  test('name the usual codecs and the scales', () => {
    expect(usualVideoCodecs()).toBe('h264; vp9 in WebM')
    expect(rateFactors()).toContain('h265 0–51 (absent: 28)')
  })

  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('list %j as "%s"', (words, text) => {
    expect(listed(words)).toBe(text)
  })
})
