import { expect, test } from 'vitest'
import { judgeDecode } from '../../../src/media/decoding/judge-decode.js'
import { tallyDecode } from '../../../src/media/decoding/tally-decode.js'
import { compilePlan, edited, mediaFacts, videoFacts } from '../../support/plan-facts.js'

const KEY = 'uploads/video.mp4'

/** What ffmpeg reports of a film of 250 packets of which the decoder has given fewer frames, without a word. */
function warningsOf({ decoded, repeated }: { decoded: number; repeated: number }, isVariableRate = false) {
  const facts = mediaFacts({ video: videoFacts({ isVariableRate }) })
  const [pass] = compilePlan(edited({ type: 'speed', factor: 0.5 }), { facts }).passes
  if (!pass) throw new Error('no pass')
  const gridder = pass.graph.findIndex(({ filter }) => filter === 'fps')
  const counts = { packets: 250, decoded, failed: 0, corrupt: 0 }
  const streams = [{ input: 0, stream: 0, type: 'video' as const, ...counts }]
  const report = {
    streams,
    complaints: 0,
    repeats: new Map([[gridder, repeated]]),
    hasChanges: false,
    hasFormChanges: false,
  }
  return judgeDecode(tallyDecode(report, pass), new Map([[KEY, { name: 'The video', facts }]]))
}

test('frames that a decoder drops without a word are told of where others stand in their places', () => {
  expect(warningsOf({ decoded: 247, repeated: 3 })).toEqual([
    {
      code: 'source-damaged',
      message: 'The video is damaged: 3 of 250 frames could not be decoded without errors.',
    },
  ])
})

test('packets without a picture of their own are no damage', () => {
  expect(warningsOf({ decoded: 247, repeated: 0 })).toEqual([])
})

test('frames that a variable rate repeats are no damage', () => {
  expect(warningsOf({ decoded: 247, repeated: 30 }, true)).toEqual([])
})
