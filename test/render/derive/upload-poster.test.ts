import { describe, expect, test } from 'vitest'
import { compilePoster } from '../../../src/plan/derive/upload-poster.js'
import { decodeRgb, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

describe('a poster', () => {
  test.each([
    ['of an MP4', '1600x900', 'mp4', 1280, 720],
    ['of a Matroska file', '320x180', 'mkv', 320, 180],
    ['of an MPEG-TS file', '180x320', 'ts', 180, 320],
    ['of a single frame', '640x360', 'mp4', 640, 360],
  ] as const)(
    '%s is one picture of at most 1280 pixels on its longer side',
    async (what, size, container, width, height) => {
      const source = lavfi(`color=0xc07030:s=${size}:r=25:d=${what === 'of a single frame' ? 0.04 : 1}`)
      const path = await studio.make(`poster-${size}.${container}`, ...source, ...H264)
      const { video } = await studio.survey({ video: path })
      if (!video.facts.video) throw new Error('no picture')
      const poster = await studio.runPass(compilePoster(video, video.facts.video), `poster-${size}.jpg`)
      const pictures = await decodeRgb(poster)
      expect(pictures.map((picture) => [picture.width, picture.height])).toEqual([[width, height]])
      const [red, , blue] = pictures[0] ? rgbAt(pictures[0], 90, 90) : [0, 0, 0]
      expect(red).toBeGreaterThan(170)
      expect(blue).toBeLessThan(70)
    },
  )
})
