import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../src/errors.js'
import { describeAsset } from '../../src/jobs/asset-kind.js'
import type { MediaFacts } from '../../src/plan/facts.js'
import { imageAsset, mediaFacts } from '../support/plan-facts.js'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-kinds-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function describeBytes(name: string, bytes: Buffer | string, facts: MediaFacts | null = null) {
  const path = join(dir, 'file')
  await writeFile(path, bytes)
  const refusal = new AppError('unsupported-media', 'no media')
  return describeAsset(
    { probe: () => (facts ? Promise.resolve(facts) : Promise.reject(refusal)) },
    name,
    path,
  )
}

describe('what an asset is', () => {
  test.each([
    ['TrueType', '00010000', 'font/ttf'],
    ['OpenType with CFF', '4f54544f', 'font/otf'],
    ['a collection', '74746366', 'font/collection'],
  ])('%s is a font, whatever its name', async (_what, signature, mimeType) => {
    const bytes = Buffer.concat([Buffer.from(signature, 'hex'), Buffer.alloc(64)])
    expect(await describeBytes('logo.png', bytes)).toEqual({ kind: 'font', mimeType, facts: null })
  })

  test.each([
    ['title.srt', 'application/x-subrip'],
    ['TITLE.VTT', 'text/vtt'],
    ['title.ass', 'text/x-ass'],
  ])('%s is a subtitle when it is text', async (name, mimeType) => {
    expect(await describeBytes(name, 'नमस्ते')).toEqual({ kind: 'subtitle', mimeType, facts: null })
    for (const bytes of [Buffer.from('a\0b'), Buffer.from([0x66, 0xff, 0xfe]), '']) {
      await expect(describeBytes(name, bytes)).rejects.toMatchObject({ code: 'unsupported-media' })
    }
  })

  test('is text too when a character is cut at the end of what is looked at', async () => {
    const text = `${'a'.repeat(4095)}न and on`
    expect(await describeBytes('long.srt', text)).toMatchObject({ kind: 'subtitle' })
  })

  test('is told by ffprobe otherwise', async () => {
    const still = imageAsset().facts
    expect(await describeBytes('x', 'bytes', still)).toMatchObject({ kind: 'image', mimeType: 'image/png' })
    expect(await describeBytes('x', 'bytes', mediaFacts())).toMatchObject({ kind: 'video' })
    expect(await describeBytes('x', 'bytes', mediaFacts({ video: null }))).toMatchObject({ kind: 'audio' })
    await expect(describeBytes('x.png', '#EXTM3U')).rejects.toMatchObject({ code: 'unsupported-media' })
  })
})
