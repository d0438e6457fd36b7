import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PLAN_ORDER } from '../../.dependency-cruiser.mjs'
import { cruiseHouse } from '../../scripts/rooms/cruise-house.mjs'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-imports-'))
})
afterEach(() => rm(dir, { recursive: true }))

/** What the rules report for a tree that has only these files: `rule: from → to`. */
async function violations(files: Record<string, string>): Promise<string[]> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), text)
  }
  const found = await cruiseHouse(dir, Object.keys(files))
  return found.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort()
}

const ERRORS = { 'src/errors.ts': 'export class Fault {}\nexport interface Kind { id: string }\n' }

describe('import rules', () => {
  it('let a room import itself and what its line allows', async () => {
    expect(
      await violations({
        ...ERRORS,
        'src/storage/a.ts':
          "import { Fault } from '../errors.js'\nimport { b } from './b.js'\nnew Fault(); b()\n",
        'src/storage/b.ts':
          "import type { Job } from '../jobs/job.js'\nexport const b = (job?: Job) => job\n",
        'src/jobs/job.ts': 'export interface Job { id: string }\n',
      }),
    ).toEqual([])
  })

  it.each([
    ['a static import', "import { spawn } from 'node:child_process'\nspawn('ls')\n"],
    ['an import without the prefix', "import { spawn } from 'child_process'\nspawn('ls')\n"],
    ['a dynamic import', "export const run = async () => (await import('node:child_process')).spawn('ls')\n"],
    [
      'an import of types',
      "import type { ChildProcess } from 'node:child_process'\nexport type A = ChildProcess\n",
    ],
    ['a type expression', "export type A = import('node:child_process').ChildProcess\n"],
    ['a re-export', "export { spawn } from 'node:child_process'\n"],
    ['require', "export const run = () => require('node:child_process')\n"],
    ['getBuiltinModule', "export const run = () => process.getBuiltinModule('node:child_process')\n"],
  ])('refuse %s of node:child_process in src/plan', async (_, text) => {
    const found = await violations({ 'src/plan/model/plan.ts': text })
    expect(found).toContain('src/plan: pure: src/plan/model/plan.ts → child_process')
    expect(found).toContain('no-processes: src/plan/model/plan.ts → child_process')
  })

  it('refuse a value where only types may be imported, and types from everywhere else', async () => {
    const files = {
      'src/jobs/job.ts': 'export interface Job { id: string }\nexport const NAMES = []\n',
      'src/db/records.ts': 'export interface Row { id: string }\n',
    }
    expect(
      await violations({
        ...files,
        'src/storage/value.ts':
          "import type { Job } from '../jobs/job.js'\nimport { NAMES } from '../jobs/job.js'\nexport const a: Job[] = NAMES\n",
        'src/storage/late.ts': "export const late = () => import('../jobs/job.js')\n",
        'src/storage/typed.ts': "import { type Row } from '../db/records.js'\nexport type A = Row\n",
      }),
    ).toEqual([
      'src/storage: imports of types: src/storage/typed.ts → src/db/records.ts',
      'src/storage: imports: src/storage/late.ts → src/jobs/job.ts',
      'src/storage: imports: src/storage/value.ts → src/jobs/job.ts',
    ])
  })

  it('refuse a cycle of types', async () => {
    expect(
      await violations({
        'src/edit/a.ts': "import type { B } from './b.js'\nexport interface A { b: B }\n",
        'src/edit/b.ts': "import { type C } from './c.js'\nexport interface B { c: C }\n",
        'src/edit/c.ts': "import type { A } from './a.js'\nexport interface C { a: A | null }\n",
      }),
    ).toContain('no-circular: src/edit/a.ts → src/edit/b.ts')
  })

  it('refuse an import of types from a higher room of src/plan', async () => {
    expect(
      await violations({
        'src/plan/frames/stage.ts':
          "import type { Chunk } from '../chunks/chunk.js'\nexport type A = Chunk\n",
        'src/plan/chunks/chunk.ts':
          "import type { Plan } from '../model/plan.js'\nexport type Chunk = Plan\n",
        'src/plan/model/plan.ts': 'export interface Plan { id: string }\n',
      }),
    ).toEqual(['src/plan/frames: only what is below: src/plan/frames/stage.ts → src/plan/chunks/chunk.ts'])
  })

  it('refuse a package in set-up, which runs before there are any', async () => {
    expect(
      await violations({
        'scripts/setup/main.mjs': "import './run.mjs'\nimport 'pino'\n",
        'scripts/setup/run.mjs': "import 'node:fs'\n",
        'node_modules/pino/package.json': '{ "name": "pino", "main": "pino.js" }',
        'node_modules/pino/pino.js': '',
      }),
    ).toEqual(['set-up-alone: scripts/setup/main.mjs → node_modules/pino/pino.js'])
  })

  it('know every folder of src/plan', async () => {
    expect([...PLAN_ORDER].sort()).toEqual((await readdir('src/plan')).sort())
  })
})
