import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../../src/errors.js'
import { classifyExit } from '../../../src/media/process/classify-exit.js'

describe('a failed exit', () => {
  test.each<[string, ErrorCode]>([
    ['[error] av_interleaved_write_frame(): No space left on device', 'disk-full'],
    ['[error] Error writing trailer: Disk quota exceeded', 'disk-full'],
    ['[fatal] Cannot allocate memory', 'ffmpeg-crashed'],
    ['[error] file:input-0: Invalid data found when processing input', 'source-damaged'],
    ['[error] moov atom not found', 'source-damaged'],
    ['[error] Output file #0 does not contain any stream', 'source-damaged'],
    ["[fatal] Unrecognized option 'frobnicate'.", 'ffmpeg-rejected'],
    ["[error] No such filter: 'frobnicate'", 'ffmpeg-rejected'],
    ["[fatal] Unknown encoder 'libx999'", 'ffmpeg-rejected'],
    ['[error] Error initializing output stream 0:0', 'ffmpeg-rejected'],
    ['[error] something never seen before', 'ffmpeg-crashed'],
    ['', 'ffmpeg-crashed'],
    [
      '[mjpeg @ 0x5] [error] Picture size 8192x8192 exceeds specified max pixel count 50000000, see the documentation\n' +
        '[error] Invalid data found when processing input',
      'media-over-limits',
    ],
    ['[error] Number of streams exceeds max_streams parameter (64), see the docs', 'media-over-limits'],
    ['[error] Invalid argument\n[out#0/mp4 @ 0x5] [fatal] No space left on device', 'disk-full'],
    // What a file says is shown at the level info, or without one.
    ['[info]     comment         : No space left on device', 'ffmpeg-crashed'],
    ['                    : [error] No space left on device\n[error] Error while decoding', 'source-damaged'],
    ['[info] Unknown encoder\n[warning] Cannot allocate memory\n[error] Invalid argument', 'ffmpeg-rejected'],
  ])('with %j is %s', (stderrTail, code) => {
    const error = classifyExit({ code: 1, signal: null, stderrTail })
    expect(error.code).toBe(code)
    expect(error.cause).toBeInstanceOf(Error)
    if (stderrTail) expect(error.message).not.toContain(stderrTail)
  })

  test('by a signal is a crash, whatever was logged before', () => {
    const exit = { code: null, signal: 'SIGKILL', stderrTail: '[error] No space left on device' } as const
    expect(classifyExit(exit)).toMatchObject({
      code: 'ffmpeg-crashed',
      message: 'ffmpeg was ended by SIGKILL.',
    })
  })
})
