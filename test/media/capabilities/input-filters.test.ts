import { expect, test } from 'vitest'
import { readVersions } from '../../../src/media/capabilities/find-capabilities.js'
import { takesInputFilters, withoutInputFilters } from '../../../src/media/capabilities/input-filters.js'
import { FFMPEG, FFPROBE } from '../../support/lavfi.js'

test('ffmpeg filters the packets of inputs since 7.0', async () => {
  const { version } = await readVersions({ ffmpegPath: FFMPEG, ffprobePath: FFPROBE })
  expect(await takesInputFilters(FFMPEG)).toBe(Number.parseInt(version.replace('n', ''), 10) >= 7)
})

test('only filters of inputs are left out', () => {
  const output = ['-c', 'copy', '-bsf:v', 'hevc_mp4toannexb', 'out.mp4']
  const second = ['-f', 'mov', '-i', 'file:b']
  expect(
    withoutInputFilters(['-f', 'mov', '-bsf:v', 'h264_metadata', '-i', 'file:a', ...second, ...output]),
  ).toEqual(['-f', 'mov', '-i', 'file:a', ...second, ...output])
})
