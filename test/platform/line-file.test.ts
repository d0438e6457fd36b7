import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type LineFileBounds, openLineFile } from '../../src/platform/line-file.js'
import { tempDir } from './support.js'

/** Different lines whose lengths do not divide the size of a file. */
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index} ${'é'.repeat((from + index) % 37)}`)

async function writeAll(path: string, bounds: LineFileBounds, texts: readonly string[]): Promise<void> {
  const file = openLineFile(path, bounds)
  for (const text of texts) file.write(text)
  await file.close()
}

/** The lines of all files, the oldest first. */
async function readAll(dir: string): Promise<string[]> {
  const names = (await readdir(dir)).sort((a, b) => ageOf(b) - ageOf(a))
  const texts = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')))
  return texts.join('').split('\n').slice(0, -1)
}

function ageOf(name: string): number {
  return Number(/\.(\d+)$/.exec(name)?.[1] ?? 0)
}

describe('a file that is written to without end', () => {
  test('stays within its bounds, and keeps the latest lines whole', async () => {
    const dir = await tempDir()
    const bounds = { maxBytes: 1000, keep: 2 }
    const file = openLineFile(join(dir, 'a.log'), bounds)
    for (const line of lines(0, 2000)) {
      file.write(line)
      // Now and then the written lines reach the disk before the next line comes.
      if (line.length % 36 === 0) await new Promise(setImmediate)
    }
    await file.close()
    expect((await readdir(dir)).sort()).toEqual(['a.log', 'a.log.1', 'a.log.2'])
    for (const name of await readdir(dir)) {
      expect((await stat(join(dir, name))).size).toBeLessThanOrEqual(bounds.maxBytes)
    }
    const kept = await readAll(dir)
    expect(kept).toEqual(lines(2000 - kept.length, 2000))
    expect(kept.length).toBeGreaterThan(30)
  })

  test('loses and cuts no line when it is rotated', async () => {
    const dir = await tempDir()
    await writeAll(join(dir, 'a.log'), { maxBytes: 1000, keep: 1000 }, lines(0, 2000))
    expect((await readdir(dir)).length).toBeGreaterThan(50)
    expect(await readAll(dir)).toEqual(lines(0, 2000))
  })

  test('can be followed by its name', async () => {
    const dir = await tempDir()
    const path = join(dir, 'a.log')
    const file = openLineFile(path, { maxBytes: 1000, keep: 2 })
    const tail = spawn('tail', ['-n', '+1', '-F', path], { stdio: ['ignore', 'pipe', 'ignore'] })
    onTestFinished(() => void tail.kill())
    const followed = createInterface({ input: tail.stdout })
    const seen = []
    for (const line of lines(0, 100)) {
      file.write(line)
      seen.push(await once(followed, 'line'))
    }
    expect(seen).toEqual(lines(0, 100).map((line) => [line]))
    await file.close()
  })
})

describe('a file that exists already', () => {
  test('is appended to at every start, and its size counts', async () => {
    const dir = await tempDir()
    const path = join(dir, 'a.log')
    const bounds = { maxBytes: 1000, keep: 100 }
    await writeAll(path, bounds, lines(0, 100))
    await writeAll(path, bounds, lines(100, 103))
    await writeAll(path, bounds, lines(103, 200))
    expect(await readAll(dir)).toEqual(lines(0, 200))
    for (const name of await readdir(dir)) {
      expect((await stat(join(dir, name))).size).toBeLessThanOrEqual(bounds.maxBytes)
    }
  })

  test('gets the next line on a line of its own when it ends in a cut line', async () => {
    const path = join(await tempDir(), 'a.log')
    await writeFile(path, 'whole\ncut o')
    await writeAll(path, { maxBytes: 1000, keep: 1 }, ['next'])
    expect(await readFile(path, 'utf8')).toBe('whole\ncut o\nnext\n')
  })

  test('is created again at the next rotation when it was removed', async () => {
    const dir = await tempDir()
    const path = join(dir, 'a.log')
    const file = openLineFile(path, { maxBytes: 1000, keep: 1 })
    file.write('goes')
    await rm(path)
    for (const line of lines(0, 100)) file.write(line)
    await file.close()
    expect((await readAll(dir)).at(-1)).toBe(lines(99, 100)[0])
  })
})

test('a file that cannot be renamed loses no lines', async () => {
  const dir = await tempDir()
  const path = join(dir, 'a.log')
  await mkdir(join(dir, 'a.log.1', 'something'), { recursive: true })
  await writeAll(path, { maxBytes: 1000, keep: 1 }, lines(0, 200))
  expect((await readFile(path, 'utf8')).split('\n').slice(0, -1)).toEqual(lines(0, 200))
})

test('a line longer than a file is still written', async () => {
  const dir = await tempDir()
  const texts = ['a', 'b'.repeat(5000), 'c']
  await writeAll(join(dir, 'a.log'), { maxBytes: 1000, keep: 5 }, texts)
  expect(await readAll(dir)).toEqual(texts)
  expect(await readdir(dir)).toHaveLength(3)
})

test('lines after the end are dropped', async () => {
  const path = join(await tempDir(), 'a.log')
  const file = openLineFile(path, { maxBytes: 1000, keep: 1 })
  file.write('in time')
  await file.close()
  file.write('late')
  await file.close()
  expect(await readFile(path, 'utf8')).toBe('in time\n')
})
