import { expect, test } from 'vitest'
import { excessOfSource } from '../../../src/plan/inputs/source-limits.js'
import type { MediaFacts, VideoFacts } from '../../../src/plan/model/facts.js'
import { FACTS } from '../../support/records.js'

const HOUR_SEC = 3600

function film(video: Partial<VideoFacts>, file: Partial<MediaFacts> = {}): MediaFacts {
  if (!FACTS.video) throw new Error('unreachable: it is a video')
  return { ...FACTS, ...file, video: { ...FACTS.video, ...video } }
}

test.each<[string, MediaFacts]>([
  ['8K', film({ codedWidth: 7680, codedHeight: 4320 })],
  ['a picture of fifty million pixels', film({ codedWidth: 10_000, codedHeight: 5000 })],
  ['a length of half a day', film({ frameCount: null }, { durationSec: 12 * HOUR_SEC })],
  ['the number of frames of half a day at the highest rate', film({ frameCount: 10_368_000 })],
  ['a bit rate of four billion bits a second', film({}, { bitRate: 4e9 })],
  ['sound alone', { ...FACTS, video: null }],
])('%s is accepted', (_, facts) => {
  expect(excessOfSource(facts)).toBeNull()
})

test.each<[string, MediaFacts, string]>([
  ['a picture too large', film({ codedWidth: 10_000, codedHeight: 5001 }), 'more than 50 million pixels'],
  ['a length too great', film({}, { durationSec: 12 * HOUR_SEC + 1 }), 'longer than 12 hours'],
  ['a frame count too great', film({ frameCount: 10_368_001 }), 'more than 10368000 frames'],
  ['a bit rate too high', film({}, { bitRate: 4e9 + 1 }), 'more than 4 billion bits'],
  ['sound alone too long', { ...FACTS, video: null, durationSec: 30 * HOUR_SEC }, 'longer than 12 hours'],
])('%s is named', (_, facts, words) => {
  expect(excessOfSource(facts)).toContain(words)
})
