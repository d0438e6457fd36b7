import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDocument } from '../../../src/http/openapi/document.js'
import { routes } from '../../../src/http/routes/index.js'
import { EXAMPLES, OUTPUT_EXAMPLE, PRESET_EXAMPLES, SLIDE_SHOW, TRACKS_EXAMPLE } from '../../docs/examples.js'

const run = promisify(execFile)

/** Whether the command succeeds; else what it has said. */
async function says(bin: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    await run(resolve('node_modules/.bin', bin), [...args], { cwd, maxBuffer: 2 ** 26 })
    return ''
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return `${stdout}${stderr}` || String(error)
  }
}

/** The examples of docs/edits.md as somebody types them, with a mistake that must be found. */
const CODE = [
  `const operations: Operation[] = ${JSON.stringify(
    Object.values(EXAMPLES).map(({ operation }) => operation),
    null,
    2,
  )}`,
  `const presets: Operation[] = ${JSON.stringify(PRESET_EXAMPLES, null, 2)}`,
  `const films: Edit[] = ${JSON.stringify(
    [
      { video_id: 'v', operations: [], output: OUTPUT_EXAMPLE },
      { video_id: 'v', output: TRACKS_EXAMPLE, priority: 1, metadata: { ref: 'A-17', tags: ['a'] } },
      { video_id: 'v', ...SLIDE_SHOW },
    ],
    null,
    2,
  )}`,
  `films.push({ video_id: 'v', operations: [...operations, ...presets] })`,
  '// @ts-expect-error There is no such operation.',
  `films.push({ video_id: 'v', operations: [{ type: 'explode' }] })`,
  '// @ts-expect-error A text has no such field.',
  `films.push({ video_id: 'v', operations: [{ type: 'overlay', overlay_type: 'text', content: 'x', at_end: 'loop' }] })`,
].join('\n\n')

const TSCONFIG = {
  compilerOptions: {
    ...{ strict: true, noEmit: true, skipLibCheck: false, types: [] },
    ...{
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2022', 'dom', 'dom.iterable'],
    },
  },
}

let dir = ''
beforeAll(async () => {
  // Below the packages of this one, so that generated code finds its own.
  await mkdir('node_modules/.cache', { recursive: true })
  dir = await mkdtemp(resolve('node_modules/.cache/clients-'))
  await writeFile(join(dir, 'openapi.json'), JSON.stringify(createDocument(routes)))
  await writeFile(join(dir, 'tsconfig.json'), JSON.stringify(TSCONFIG))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

test('openapi-typescript makes types of the document, and the examples of docs/edits.md compile with them', async () => {
  expect(await says('openapi-typescript', ['openapi.json', '-o', 'types.ts'], dir)).toBe('')
  const code = `import type { components, paths } from './types'

type Operation = components['schemas']['Operation']
type Edit = paths['/api/v1/edits']['post']['requestBody']['content']['application/json']
type Completed = components['schemas']['JobCompletedEvent']

export const progressOf = (event: Completed): number => event.data.progress
${CODE}`
  await writeFile(join(dir, 'use-types.ts'), code)
  expect(await says('tsc', ['-p', '.'], dir)).toBe('')
}, 120_000)

test('@hey-api/openapi-ts makes a client of the document, and the examples of docs/edits.md compile with it', async () => {
  expect(await says('openapi-ts', ['-i', 'openapi.json', '-o', 'client'], dir)).toBe('')
  const code = `import { createEdit, followJob } from './client'
import type { CreateEditData, Operation } from './client'

type Edit = CreateEditData['body']

export const post = (body: Edit) => createEdit({ body })
export const follow = (id: string) => followJob({ path: { id } })
${CODE}`
  await writeFile(join(dir, 'use-client.ts'), code)
  expect(await says('tsc', ['-p', '.'], dir)).toBe('')
}, 120_000)
