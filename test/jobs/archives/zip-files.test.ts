import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { zipBytes, zipFiles, type ZippedFile } from '../../../src/jobs/archives/zip-files.js'
import { unzip } from '../../support/unzip.js'

const modifiedAt = new Date('2026-01-02T03:04:06.000Z')

function file(path: string, contents: string): ZippedFile {
  const open = () => Promise.resolve(Readable.from([Buffer.from(contents)]))
  return { path, sizeBytes: Buffer.byteLength(contents), modifiedAt, open }
}

describe('an archive', () => {
  test.each([
    ['of some files', [file('a/one.txt', 'one'), file('a/zwölf.txt', 'twelve'), file('a/नमस्ते', '')]],
    ['of no files', []],
    ['with a directory beyond 64 KiB', many(1200)],
  ])('%s has all of them, and the size that was told before', async (_, files) => {
    const bytes = await buffer(zipFiles(files))
    expect(bytes.length).toBe(zipBytes(files))
    const found = await unzip(bytes)
    expect([...found.keys()]).toEqual(files.map(({ path }) => path))
    const wanted = await Promise.all(files.map(async ({ open }) => buffer(await open())))
    expect(
      [...found.values()].every((contents, index) => contents.equals(wanted[index] ?? Buffer.of(1))),
    ).toBe(true)
  })

  test('is the same each time', async () => {
    const files = [file('a/one.txt', 'one'), file('a/two.txt', 'two')]
    expect(await buffer(zipFiles(files))).toEqual(await buffer(zipFiles(files)))
  })
})

function many(count: number): ZippedFile[] {
  return Array.from({ length: count }, (_, index) => file(`stream/segment-0-${index}.m4s`, `${index}`))
}

test('beyond 4 GiB the size is told in the format Zip64', { timeout: 120_000 }, async () => {
  const block = Buffer.alloc(2 ** 22)
  const blocks = 2 ** 10 + 1
  const large: ZippedFile = {
    ...{ path: 'film.mp4', sizeBytes: blocks * block.length, modifiedAt },
    open: () => Promise.resolve(Readable.from(repeated(block, blocks), { highWaterMark: 1 })),
  }
  const files = [large, file('after.txt', 'after')]
  let bytes = 0
  let tail = Buffer.alloc(0)
  for await (const chunk of zipFiles(files) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    tail = Buffer.concat([tail.subarray(-500), chunk]).subarray(-500)
  }
  expect(bytes).toBe(zipBytes(files))
  // The signature of the record of Zip64, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3.14).
  expect(tail.indexOf(Buffer.from('PK\x06\x06', 'latin1'))).toBeGreaterThan(0)
})

function* repeated(block: Buffer, count: number): Iterable<Buffer> {
  for (let made = 0; made < count; made += 1) yield block
}

describe('an archive that is not read to its end', () => {
  test('opens no further files, and closes the one that is open', async () => {
    const opened: Readable[] = []
    const endless = (path: string): ZippedFile => ({
      ...{ path, sizeBytes: 2 ** 30, modifiedAt },
      open: () => {
        const source = new Readable({ read: () => source.push(Buffer.alloc(2 ** 16)) })
        opened.push(source)
        return Promise.resolve(source)
      },
    })
    const archive = zipFiles([endless('a'), endless('b')])
    for await (const chunk of archive) if (chunk) break
    const [first, ...others] = opened
    if (first && !first.closed) await once(first, 'close')
    expect([first?.destroyed, others]).toEqual([true, []])
    expect(archive.destroyed).toBe(true)
  })

  test('keeps little in memory while nobody reads', async () => {
    let made = 0
    const source = new Readable({
      read: () => {
        made += 2 ** 16
        source.push(Buffer.alloc(2 ** 16))
      },
    })
    const archive = zipFiles([
      { path: 'a', sizeBytes: 2 ** 40, modifiedAt, open: () => Promise.resolve(source) },
    ])
    archive.read(0)
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate)
    expect(made).toBeGreaterThan(0)
    expect(made).toBeLessThan(2 ** 22)
    archive.destroy()
  })

  test.each([
    ['that is gone', () => Promise.reject(new Error('gone'))],
    ['that breaks off', () => Promise.resolve(Readable.from(broken()))],
    ['that is shorter than it was', () => Promise.resolve(Readable.from([Buffer.from('tw')]))],
  ])('because of a file %s fails', async (_, open) => {
    const files = [file('one', 'one'), { ...file('two', 'two'), open }, file('three', 'three')]
    await expect(buffer(zipFiles(files))).rejects.toThrow()
  })
})

function* broken(): Iterable<Buffer> {
  yield Buffer.from('t')
  throw new Error('broken')
}
