import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { webpFacts } from '../../../src/media/probe/webp-facts.js'
import type { MediaFacts } from '../../../src/plan/model/facts.js'
import { cutOff, shortened, webp, WEBP_PARTS } from './cut-images.js'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-webp-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

async function factsOf(file: Buffer): Promise<MediaFacts> {
  const path = join(dir, 'film.webp')
  await writeFile(path, file)
  return webpFacts(path)
}

test('an animated WebP file has a length and a size', async () => {
  expect(await factsOf(webp(WEBP_PARTS))).toMatchObject({ durationSec: 0.1, video: { width: 3, height: 2 } })
})

test('a file that is cut off anywhere is refused', async () => {
  for (const cut of cutOff(webp(WEBP_PARTS)))
    await expect(factsOf(cut), `${cut.length} bytes`).rejects.toMatchObject({ code: 'output-invalid' })
})

test('a file with a chunk that is too short is refused, or read without it', async () => {
  for (const [index, file] of shortened(WEBP_PARTS, webp).entries()) {
    const outcome = await factsOf(file).catch((error: unknown) => error)
    if (outcome instanceof Error) expect(outcome, `${index}`).toBeInstanceOf(AppError)
    else expect(outcome, `${index}`).toMatchObject({ durationSec: 0.1 })
  }
})
