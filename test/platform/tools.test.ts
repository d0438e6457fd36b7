import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTools } from '../../src/platform/tools.js'
import { tempDir } from './support.js'

describe('the tools that the set-up found', () => {
  test('are read from its file, which may be absent', async () => {
    const file = join(await tempDir(), 'tools.json')
    expect(readTools(file)).toEqual({ ffmpegPath: null, ffprobePath: null, temporalPath: null })
    await writeFile(
      file,
      JSON.stringify({ ffmpeg: '/a/ffmpeg', ffprobe: '/a/ffprobe', temporal: null, tried: {} }),
    )
    expect(readTools(file)).toEqual({
      ffmpegPath: '/a/ffmpeg',
      ffprobePath: '/a/ffprobe',
      temporalPath: null,
    })
    await writeFile(file, '{"ffmpeg": 7}')
    expect(() => readTools(file)).toThrow(/npm run setup/)
  })
})
