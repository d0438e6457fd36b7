import { describe, expect, test } from 'vitest'
import { AppError, type ErrorCode } from '../../../src/errors.js'
import { verifyOutput } from '../../../src/media/packets/verify-output.js'
import { classifyExit } from '../../../src/media/process/classify-exit.js'
import type { MediaFacts } from '../../../src/plan/model/facts.js'
import type { ExpectedResult } from '../../../src/plan/model/plan.js'
import { AUDIO, mediaFacts, videoFacts } from '../../support/plan-facts.js'

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
        'Invalid data found when processing input',
      'media-over-limits',
    ],
    ['[error] Number of streams exceeds max_streams parameter (64), see the docs', 'media-over-limits'],
    ['Invalid argument\nNo space left on device', 'disk-full'],
  ])('with %j is %s', (stderrTail, code) => {
    const error = classifyExit({ code: 1, signal: null, stderrTail })
    expect(error.code).toBe(code)
    expect(error.cause).toBeInstanceOf(Error)
    if (stderrTail) expect(error.message).not.toContain(stderrTail)
  })

  test('by a signal is a crash, whatever stderr says', () => {
    const exit = { code: null, signal: 'SIGKILL', stderrTail: 'No space left on device' } as const
    expect(classifyExit(exit)).toMatchObject({
      code: 'ffmpeg-crashed',
      message: 'ffmpeg was ended by SIGKILL.',
    })
  })
})

describe('a rendered file', () => {
  const expected: ExpectedResult = {
    picture: { width: 1280, height: 720, frameRate: { num: 25, den: 1 }, frameCount: 250 },
    durationSec: 10,
    hasAudio: true,
  }

  function verdict(facts: MediaFacts, wanted = expected): string | null {
    try {
      verifyOutput(facts, wanted)
      return null
    } catch (error) {
      return error instanceof AppError ? `${error.code}: ${error.message}` : 'no AppError'
    }
  }

  const withVideo = (fields: Parameters<typeof videoFacts>[0]) => mediaFacts({ video: videoFacts(fields) })

  test('that is what was planned passes', () => {
    expect(verdict(mediaFacts())).toBeNull()
    expect(verdict(mediaFacts({ audio: [] }), { ...expected, hasAudio: false })).toBeNull()
  })

  test.each<[string, MediaFacts, string]>([
    [
      'without a picture',
      mediaFacts({ video: null }),
      "output-invalid: The rendered file's picture should be present, but is absent.",
    ],
    [
      'of another width',
      withVideo({ width: 1278 }),
      "output-invalid: The rendered file's size should be 1280×720, but is 1278×720.",
    ],
    [
      'turned on its side',
      withVideo({ width: 720, height: 1280 }),
      "output-invalid: The rendered file's size should be 1280×720, but is 720×1280.",
    ],
    [
      'one frame short',
      withVideo({ frameCount: 249 }),
      'source-damaged: Only 9.96 s of 10.00 s of the source could be decoded.',
    ],
    [
      'never counted and too short',
      mediaFacts({ durationSec: 5, video: videoFacts({ frameCount: null }) }),
      'source-damaged: Only 5.00 s of 10.00 s of the source could be decoded.',
    ],
    [
      'one frame long',
      withVideo({ frameCount: 251 }),
      "output-invalid: The rendered file's frame count should be 250, but is 251.",
    ],
    [
      'without its sound',
      mediaFacts({ audio: [] }),
      "output-invalid: The rendered file's sound should be present, but is absent.",
    ],
  ])('%s does not pass', (_, facts, wanted) => {
    expect(verdict(facts)).toBe(wanted)
  })

  test('with sound that was not planned does not pass', () => {
    expect(verdict(mediaFacts({ audio: [AUDIO] }), { ...expected, hasAudio: false })).toContain(
      'output-invalid',
    )
  })
})
