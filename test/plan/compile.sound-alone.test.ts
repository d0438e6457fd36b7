import { describe, expect, test } from 'vitest'
import type { Edit, Operation } from '../../src/edit/operation.js'
import { AUDIO, compilePlan, MARK, mediaFacts, TRIM, tryCompile } from '../support/plan-facts.js'

const SONG = { facts: mediaFacts({ format: 'mp3', video: null, audio: [{ ...AUDIO, index: 0 }] }) }

function edit(...operations: readonly Operation[]): Edit {
  return { operations, output: { container: 'mp3' } }
}

describe('a file of sound alone', () => {
  test('is edited to a file of sound, and no picture is computed', () => {
    const [pass] = compilePlan(
      edit(TRIM, { type: 'fade', in: 0.5, out: 0, target: 'both', color: 'black' }),
      SONG,
    ).passes
    expect(pass?.encodes[0]).toMatchObject({
      video: null,
      expected: { picture: null, durationSec: 2, hasAudio: true },
    })
    const filters = pass?.graph.map(({ filter }) => filter) ?? []
    expect(filters).toContain('afade')
    expect(filters).not.toContain('fade')
    expect(filters).not.toContain('nullsrc')
  })

  test('cannot be edited to a file with a picture', () => {
    expect(tryCompile({ operations: [TRIM], output: null }, SONG)).toEqual({
      ok: false,
      issues: [
        {
          pointer: '/video_id',
          message: expect.stringContaining('choose a container for sound alone') as string,
        },
      ],
    })
  })

  test('cannot have operations that need a picture', () => {
    expect(tryCompile(edit(TRIM, MARK, { type: 'rotate', angle: 90 }), SONG)).toMatchObject({
      ok: false,
      issues: [{ pointer: '/operations/1' }, { pointer: '/operations/2' }],
    })
  })

  test('can only be cut within its length', () => {
    expect(tryCompile(edit({ ...TRIM, end_time: 11 }), SONG)).toMatchObject({
      ok: false,
      issues: [{ pointer: '/operations/0/end_time' }],
    })
  })
})
