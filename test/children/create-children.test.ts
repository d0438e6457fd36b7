import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { getPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { type Children, createChildren } from '../../src/children/create-children.js'
import type { Outcome } from '../../src/children/outcome.js'
import { confine, findConfinement } from '../../src/media/process/confine.js'

type Task<Input, Value> = (input: Input) => Promise<Outcome<Value>>

/** The tasks of child.mjs. */
type Tasks = {
  readonly double: Task<number, { readonly doubled: number }>
  readonly echo: Task<unknown, unknown>
  readonly refuse: Task<number, never>
  readonly end: Task<NodeJS.Signals, never>
  readonly pid: Task<null, number>
  readonly priority: Task<null, number>
  readonly variables: Task<null, Readonly<Record<string, string>>>
} & Readonly<Record<'fail' | 'neverEnd' | 'eatAtOnce' | 'eatSlowly' | 'eatBuffers', Task<null, never>>>

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const FILE = pathOf('child.mjs')
const LIMITS = { children: 2, deadlineMs: 60_000, waitingPerOwner: 5 }
const MEMORY = { cpuSec: 600, memoryBytes: 768 * 1024 ** 2, fileBytes: 0 }

async function command(): Promise<[string, ...string[]]> {
  const [first, ...rest] = [...confine(await findConfinement(), MEMORY), process.execPath]
  return [first, ...rest, '--max-old-space-size=64']
}

let children: Children<Tasks> | undefined
afterEach(() => children?.close())
const open = async (limits: Partial<typeof LIMITS> = {}) =>
  (children = createChildren<Tasks>({ ...LIMITS, ...limits, file: FILE, command: await command() }))

describe('a task', () => {
  test('gives its result', async () => {
    expect(await (await open()).run('a', 'double', 21)).toEqual({ doubled: 42 })
  })

  test('yields to the process that waits for it', async () => {
    expect(await (await open()).run('a', 'priority', null)).toBe(getPriority() + 10)
  })

  test('gets and gives bytes, maps and what is not there as they are', async () => {
    const input = {
      bytes: new Uint8Array([1, 2, 3]),
      map: new Map([['a', [null, undefined]]]),
      none: undefined,
    }
    expect(await (await open()).run('a', 'echo', input)).toStrictEqual(input)
  })

  test('gets and gives more bytes than a pipe holds', async () => {
    const input = new Uint8Array(32 * 1024 ** 2).fill(7)
    const output = await (await open()).run('a', 'echo', input)
    expect(Buffer.compare(input, output as Uint8Array)).toBe(0)
  })

  test('that is refused keeps its code, its message and its issues', async () => {
    const issues = [{ pointer: '/a', message: 'no 7' }]
    const failure = { name: 'AppError', code: 'edit-unrenderable', message: 'no 7', issues }
    await expect((await open()).run('a', 'refuse', 7)).rejects.toMatchObject(failure)
  })

  test('with a mistake of the code is none of the request', async () => {
    await expect((await open()).run('a', 'fail', null)).rejects.toThrow('a mistake')
  })

  test('knows no variable of this process', async () => {
    const names = Object.keys(await (await open()).run('a', 'variables', null))
    expect(names.filter((name) => !name.startsWith('NODE_CHANNEL_')).sort()).toEqual(['LANG', 'PATH', 'TZ'])
  })
})

test('a task without end is ended, and the tasks of others run meanwhile and afterwards', async () => {
  const pool = await open({ deadlineMs: 2000 })
  const endless = pool.run('a', 'neverEnd', null)
  const other = pool.run('b', 'double', 1)
  expect(await Promise.race([endless.catch(() => 'late'), other])).toEqual({ doubled: 2 })
  await expect(endless).rejects.toMatchObject({ code: 'request-too-costly' })
  expect(await pool.run('a', 'double', 3)).toEqual({ doubled: 6 })
})

test.each(['eatAtOnce', 'eatSlowly', 'eatBuffers'] as const)(
  'memory that a task takes (%s) ends this task alone',
  async (name) => {
    const pool = await open()
    const other = pool.run('b', 'pid', null)
    await expect(pool.run('a', name, null)).rejects.toMatchObject({ code: 'request-too-costly' })
    expect(await pool.run('b', 'pid', null)).toBe(await other)
    expect(await pool.run('a', 'double', 3)).toEqual({ doubled: 6 })
  },
)

describe('a child that is killed', () => {
  test('while it waits is none of a task', async () => {
    const pool = await open({ children: 1 })
    const pid = await pool.run('a', 'pid', null)
    process.kill(pid, 'SIGKILL')
    expect(await pool.run('a', 'pid', null)).not.toBe(pid)
  })

  test('at every trial of its task takes the task with it', async () => {
    const pool = await open()
    await expect(pool.run('a', 'end', 'SIGKILL')).rejects.toMatchObject({ code: 'request-too-costly' })
  })
})

test('a signal for the whole group, such as that of Ctrl-C, ends no child', async () => {
  const pool = await open({ children: 1 })
  const pid = await pool.run('a', 'pid', null)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.kill(pid, signal)
  expect(await pool.run('a', 'pid', null)).toBe(pid)
})

test('a child at work does not outlive a parent that was killed', async () => {
  const parent = spawn(process.execPath, [pathOf('parent.mjs'), FILE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const folder = `/proc/${Number(line.toString())}`
  expect(existsSync(folder)).toBe(true)
  parent.kill('SIGKILL')
  await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false)
})

test('a module that does not start is told', async () => {
  children = createChildren<Tasks>({ ...LIMITS, file: pathOf('nothing.mjs'), command: await command() })
  await expect(children.run('a', 'double', 1)).rejects.toMatchObject({ code: 'out-of-resources' })
})
