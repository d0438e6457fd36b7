import { describe, expect, test } from 'vitest'
import { containerKind, FORMAT_WHITELIST } from '../../../src/media/probe/containers.js'

describe('containers', () => {
  test.each([
    ['mov,mp4,m4a,3gp,3g2,mj2', 'isom', ['h264'], 'video/mp4'],
    ['mov,mp4,m4a,3gp,3g2,mj2', 'qt  ', ['h264'], 'video/quicktime'],
    ['mov,mp4,m4a,3gp,3g2,mj2', '3gp4', ['h264'], 'video/3gpp'],
    ['matroska,webm', undefined, ['vp9', 'opus'], 'video/webm'],
    ['matroska,webm', undefined, ['h264', 'opus'], 'video/x-matroska'],
    ['png_pipe', undefined, ['png'], 'image/png'],
  ])('%s with brand %s and %j is %s', (format, brand, codecs, mimeType) => {
    expect(containerKind(format, brand, codecs)?.mimeType).toBe(mimeType)
  })

  test.each(['hls', 'concat', 'sdp', 'image2', 'lavfi', 'dash', 'tty', '__proto__', ''])(
    '%j is not an allowed format',
    (format) => {
      expect(containerKind(format, undefined, [])).toBeNull()
      expect(FORMAT_WHITELIST.split(',')).not.toContain(format)
    },
  )
})
