import { expect, test } from 'vitest'
import { chooseShape } from '../../../src/media/probe/picture-shapes.js'
import type { VideoFacts } from '../../../src/plan/model/facts.js'
import { videoFacts } from '../../support/plan-facts.js'

const square = { num: 1, den: 1 }
const small = { codedWidth: 160, codedHeight: 90, sampleAspect: square }
const large = { codedWidth: 1280, codedHeight: 720, sampleAspect: square }
const wide = { codedWidth: 720, codedHeight: 576, sampleAspect: { num: 64, den: 45 } }

const video: VideoFacts = {
  ...videoFacts(),
  ...small,
  width: 160,
  height: 90,
  startSec: 0,
  durationSec: 10,
  rotation: 0,
}

test('a picture that keeps its shape has no other sizes', () => {
  expect(
    chooseShape(video, [
      { sec: 0, shape: small },
      { sec: 5, shape: small },
    ]),
  ).toBeNull()
  expect(chooseShape(video, [])).toBeNull()
})

test('the shape that lasts for the longest time counts, the last one until the end of the picture', () => {
  const samples = [
    { sec: 0, shape: small },
    { sec: 3, shape: large },
    { sec: 9.5, shape: wide },
  ]
  expect(chooseShape(video, samples)).toEqual({
    ...large,
    width: 1280,
    height: 720,
    otherSizes: [
      { width: 160, height: 90 },
      { width: 1024, height: 576 },
    ],
  })
})
