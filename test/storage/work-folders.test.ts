import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { useWorld } from '../jobs/world.js'

const world = useWorld()

test('folders are listed with the time of the newest thing in them', async () => {
  const { storage, workFolders } = world().deps
  const dir = await workFolders.create('a/b')
  await mkdir(join(dir, 'c'))
  await writeFile(join(dir, 'c', 'file'), 'x')
  const newest = new Date('2040-01-01T00:00:00Z')
  await utimes(join(dir, 'c', 'file'), newest, newest)
  expect(await workFolders.list()).toEqual([{ name: 'a', modifiedAt: newest }])
  expect(await readdir(dirname(dir))).toEqual(['b'])
  expect(await storage.listFolders('parts/')).toEqual([])
})
