import { expect, test } from 'vitest'
import { isAlive, type SpawnOptions, spawnServer } from '../../src/platform/child-process.js'
import { killParent, startParent, untilGone } from './support.js'

const node = (code: string, options: Partial<SpawnOptions> = {}) =>
  spawnServer({ command: process.execPath, args: ['--eval', code], deathSignal: 'SIGKILL', ...options })

/** Prints a line once its handlers are in place. */
function whenReady(code: string): Promise<Awaited<ReturnType<typeof spawnServer>>> {
  return new Promise((resolve, reject) => {
    let server: Awaited<ReturnType<typeof spawnServer>> | undefined
    let isReady = false
    const onLine = () => {
      isReady = true
      if (server) resolve(server)
    }
    node(`${code}; setInterval(() => {}, 1000); console.log('ready')`, { onLine }).then((spawned) => {
      server = spawned
      if (isReady) resolve(spawned)
    }, reject)
  })
}

test('a child dies with a parent that is killed', async () => {
  const parent = await startParent(`
    import { spawnServer } from './dist/src/platform/child-process.js'
    const child = await spawnServer({ command: 'sleep', args: ['600'], deathSignal: 'SIGKILL' })
    console.log(JSON.stringify({ pid: child.pid }))
    await child.exited
  `)
  const pid = Number(parent.said['pid'])
  expect(isAlive(pid)).toBe(true)
  await killParent(parent)
  await untilGone(pid)
})

test('a start without file descriptors fails, and a later child still gets the death signal', async () => {
  const code = `
    import { closeSync, openSync } from 'node:fs'
    import { spawnServer } from './dist/src/platform/child-process.js'
    const taken = []
    try {
      for (;;) taken.push(openSync('/dev/null'))
    } catch {}
    const start = () => spawnServer({ command: 'sleep', args: ['600'], deathSignal: 'SIGKILL' })
    const failed = await start().then(() => null, (error) => error.code)
    for (const file of taken) closeSync(file)
    const child = await start()
    console.log(JSON.stringify({ failed, pid: child.pid }))
    await child.exited
  `
  const parent = await startParent(code, 60)
  expect(parent.said['failed']).toBe('EMFILE')
  await killParent(parent)
  await untilGone(Number(parent.said['pid']))
})

test('every line of stdout and stderr is passed on', async () => {
  const lines: string[] = []
  const child = await node(`console.log('one\\ntwo'); console.error('three')`, {
    onLine: (line) => lines.push(line),
  })
  expect(await child.exited).toEqual({ code: 0, signal: null })
  await expect.poll(() => lines.toSorted()).toEqual(['one', 'three', 'two'])
})

test('a message of the child arrives', async () => {
  const messages: unknown[] = []
  const child = await node(`process.send({ type: 'ready' }); process.disconnect()`, {
    onMessage: (message) => messages.push(message),
  })
  await child.exited
  expect(messages).toEqual([{ type: 'ready' }])
})

test('a child that ends when it is asked to is not killed', async () => {
  const child = await whenReady(`process.on('SIGTERM', () => process.exit(7))`)
  const exit = child.stop({ signal: 'SIGTERM', graceMs: 10_000 })
  expect(await exit).toEqual({ code: 7, signal: null })
  expect(await child.stop({ signal: 'SIGTERM', graceMs: 10_000 })).toEqual({ code: 7, signal: null })
})

test('a child that does not end in time is killed', async () => {
  const child = await whenReady(`process.on('SIGTERM', () => {})`)
  expect(await child.stop({ signal: 'SIGTERM', graceMs: 100 })).toEqual({ code: null, signal: 'SIGKILL' })
})

test('a program that does not exist fails the start', async () => {
  const start = spawnServer({ command: '/does/not/exist', args: [], deathSignal: 'SIGKILL' })
  await expect(start.then(({ exited }) => exited)).resolves.toMatchObject({ code: 127 })
})

test('a child leads its own process group, out of reach of Ctrl-C', async () => {
  const child = await whenReady('')
  expect(() => process.kill(-child.pid, 0)).not.toThrow()
  child.kill()
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' })
})
