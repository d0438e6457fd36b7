import { copyFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Studio } from './render.js'

/** Copies a file of test/fixtures/field to where a studio can edit it. Returns its path. */
export async function fieldFile(studio: Studio, name: string): Promise<string> {
  const path = join(studio.dir(), 'files', name)
  await copyFile(resolve('test/fixtures/field', name), path)
  return path
}
