import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AUDIO_CODECS, CONTAINERS, ENCODER_PRESETS, VIDEO_CODECS } from '../../src/edit/output/formats.js'
import type { OutputRequest } from '../../src/edit/output/output.js'
import { outputSchema } from '../../src/edit/output/output-schema.js'
import { QUALITY_NAMES } from '../../src/edit/output/qualities.js'
import { RENDITION_FITS } from '../../src/edit/output/renditions.js'
import { mediaFacts, tryCompile, videoFacts } from '../support/plan-facts.js'

const optional = { nil: undefined }
const pixels = fc.option(fc.integer({ min: 16, max: 8192 }), optional)

const rendition = fc.record({
  name: fc.constant('any'),
  quality: fc.option(fc.constantFrom(...QUALITY_NAMES), { nil: undefined, freq: 1 }),
  width: pixels,
  height: pixels,
  fit: fc.constantFrom(...RENDITION_FITS),
  video_codec: fc.option(fc.constantFrom(...VIDEO_CODECS), optional),
  crf: fc.option(fc.double({ min: 0, max: 63, noNaN: true }), optional),
  preset: fc.constantFrom(...ENCODER_PRESETS),
  frame_rate: fc.option(fc.double({ min: 1, max: 240, noNaN: true }), optional),
  bit_depth: fc.constantFrom(8, 10),
  audio_codec: fc.option(fc.constantFrom(...AUDIO_CODECS), optional),
})

const source = fc.record({
  width: fc.integer({ min: 1, max: 8192 }),
  height: fc.integer({ min: 1, max: 4320 }),
  frameRate: fc.constantFrom({ num: 1, den: 1 }, { num: 30_000, den: 1001 }, { num: 240, den: 1 }),
  pixelFormat: fc.constantFrom('yuv420p', 'yuv420p10le', 'rgba'),
})

test('any output that a client asks for is refused at a field or planned within the limits', () => {
  const outputs = fc.record({ container: fc.constantFrom(...CONTAINERS), rendition })
  fc.assert(
    fc.property(outputs, source, ({ container, rendition: asked }, video) => {
      const output = JSON.parse(JSON.stringify({ container, renditions: [asked] })) as OutputRequest
      fc.pre(outputSchema.validate(output, { convert: false }).error === undefined)
      const facts = mediaFacts({ video: videoFacts(video) })
      const compilation = tryCompile({ operations: [], output }, { facts })
      if (!compilation.ok) {
        expect(compilation.issues.every(({ pointer }) => pointer.startsWith('/output/'))).toBe(true)
        return
      }
      const [pass] = compilation.plan.passes
      const picture = pass?.encodes[0].expected.picture
      expect(pass?.cost).toBeGreaterThan(0)
      if (!picture) return
      expect([picture.width % 2, picture.height % 2]).toEqual([0, 0])
      expect(Math.max(picture.width, picture.height)).toBeLessThanOrEqual(8192)
      expect(Math.min(picture.width, picture.height)).toBeLessThanOrEqual(4320)
      expect(picture.frameCount).toBeGreaterThan(0)
    }),
    { numRuns: 500 },
  )
})
