import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isFolderFull } from '../../../src/media/process/disk-full.js'

test('a folder with room is not full, and nothing stays in it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-room-'))
  try {
    expect(await isFolderFull(dir)).toBe(false)
    expect(await readdir(dir)).toEqual([])
  } finally {
    await rm(dir, { recursive: true })
  }
})

test('a folder that cannot be written for another reason is not full', async () => {
  expect(await isFolderFull('/nonexistent')).toBe(false)
})
