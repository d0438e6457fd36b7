import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../support/until.js'
import { type Platform, startPlatform } from './support/platform.js'

/** All files that `npm run dev` reads. */
const TREE = ['src', 'workflows', 'activities', 'scripts', 'dist']
const FILES = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']
/** Enough for two compilations and a restart on a busy machine. */
const LIMIT_MS = 110_000

let copy: string
let platform: Platform
let output = ''

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'cutroom-dev-'))
  for (const name of [...TREE, ...FILES]) await cp(name, join(copy, name), { recursive: true })
  await symlink(resolve('node_modules'), join(copy, 'node_modules'))
  platform = await startPlatform({ entry: join(copy, 'scripts/dev.mjs') })
  platform.process.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
})

afterAll(async () => {
  await platform.destroy()
  await rm(copy, { recursive: true, force: true })
})

/** The title of the problem that the API answers for an unknown route; null while the API does not answer. */
async function servedTitle(): Promise<string | null> {
  const response = await fetch(`${platform.apiUrl}/nowhere`).catch(() => null)
  if (response === null) return null
  return ((await response.json()) as { title: string }).title
}

async function writeErrors(change: (text: string) => string): Promise<void> {
  const text = await readFile('src/errors.ts', 'utf8')
  await writeFile(join(copy, 'src/errors.ts'), change(text))
}

function titled(title: string): (text: string) => string {
  return (text) => text.replace(/('route-not-found': \{ title: )'[^']*'/, `$1'${title}'`)
}

test('a change is served after a restart of the API alone, and one with errors is reported but not served', async () => {
  const { services } = platform
  await writeErrors(titled('Changed once'))
  await until('the change is served', async () => (await servedTitle()) === 'Changed once', LIMIT_MS)

  await writeErrors((text) => `${titled('Changed twice')(text)}export const wrong: number = 'text'\n`)
  await until('the error is reported', () => output.includes('1 error; the code of before'), LIMIT_MS)
  expect(output).toContain("Type 'string' is not assignable to type 'number'")
  expect(await servedTitle()).toBe('Changed once')

  await writeErrors(titled('Changed thrice'))
  await until('the next change is served', async () => (await servedTitle()) === 'Changed thrice', LIMIT_MS)
  // The servers have not moved, or the API could not answer; it has not written their addresses again.
  expect(JSON.parse(await readFile(join(platform.dataDir, 'platform.json'), 'utf8'))).toMatchObject(services)
}, 400_000)
