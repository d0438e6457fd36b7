import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBlockWriter } from '../../../src/http/body/block-writer.js'

const MIB = 1024 * 1024
let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-blocks-'))
})
afterAll(() => rm(dir, { recursive: true }))

it.each([0, 1, MIB - 1, MIB, MIB + 1, 5 * MIB + 3])('writes %d bytes as they came', async (sizeBytes) => {
  const bytes = randomBytes(sizeBytes)
  const path = join(dir, `of-${sizeBytes}`)
  await pipeline(Readable.from(cut(bytes, 64_000)), createBlockWriter(path))
  expect((await readFile(path)).equals(bytes)).toBe(true)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

it('accepts a chunk that is larger than its blocks', async () => {
  const bytes = randomBytes(3 * MIB + 7)
  const path = join(dir, 'one-piece')
  await pipeline(Readable.from([bytes]), createBlockWriter(path))
  expect((await readFile(path)).equals(bytes)).toBe(true)
})

it('does not touch an existing file', async () => {
  const path = join(dir, 'there')
  await writeFile(path, 'mine')
  await expect(pipeline(Readable.from([Buffer.from('yours')]), createBlockWriter(path))).rejects.toThrow(
    'EEXIST',
  )
  expect(await readFile(path, 'utf8')).toBe('mine')
})

it('fails when the folder does not exist', async () => {
  const piece = Readable.from([Buffer.from('lost')])
  await expect(pipeline(piece, createBlockWriter(join(dir, 'missing/file')))).rejects.toThrow('ENOENT')
})

it('closes the file when it is aborted', async () => {
  const path = join(dir, 'broken-off')
  const file = createBlockWriter(path)
  file.write(Buffer.alloc(3 * MIB))
  file.destroy(new Error('broken off'))
  await expect(once(file, 'close')).rejects.toThrow('broken off')
  expect(await openFiles()).not.toContain(path)
})

async function openFiles(): Promise<string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''))
  return Promise.all(links)
}

function cut(bytes: Buffer, pieceBytes: number): Buffer[] {
  const count = Math.ceil(bytes.length / pieceBytes)
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes))
}
