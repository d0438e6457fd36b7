import { expect, test } from 'vitest'
import { spawnServer } from '../../src/platform/child-process.js'
import { createSupervisor, type Running } from '../../src/platform/supervisor.js'
import { until } from '../support/until.js'
import { untilGone } from './support.js'

interface Sleeper extends Running {
  readonly pid: number
}

async function startSleeper(onStop: () => void = () => undefined): Promise<Sleeper> {
  const server = await spawnServer({ command: 'sleep', args: ['600'], deathSignal: 'SIGKILL' })
  return {
    ...server,
    stop: async () => {
      onStop()
      await server.stop({ signal: 'SIGTERM', graceMs: 5000 })
    },
  }
}

test('a service that dies is restarted, each time after a longer delay', async () => {
  const lines: string[] = []
  const waits: number[] = []
  const started: Sleeper[] = []
  const supervisor = createSupervisor({
    log: (line) => lines.push(line),
    backoffMs: (restart) => {
      waits.push(restart)
      return 1
    },
  })
  const start = async () => {
    const sleeper = await startSleeper()
    started.push(sleeper)
    return sleeper
  }
  await supervisor.run('api', start)
  for (const count of [1, 2]) {
    started.at(-1)?.kill()
    await until(
      `start ${count + 1}`,
      () => lines.filter((line) => line === 'api is running again').length === count,
    )
  }
  expect(waits).toEqual([1, 2])
  expect(lines[0]).toBe('api ended with signal SIGKILL; restarting in 0.0 s')
  await supervisor.stop([['api']])
  await untilGone(...started.map(({ pid }) => pid))
  expect(started).toHaveLength(3)
})

test('a restart that fails is tried again', async () => {
  const lines: string[] = []
  let starts = 0
  const supervisor = createSupervisor({ log: (line) => lines.push(line), backoffMs: () => 1 })
  const first = await supervisor.run('worker', async () => {
    starts += 1
    if (starts === 2) throw new Error('port 1 is in use')
    return startSleeper()
  })
  first.kill()
  await until('it runs again', () => lines.includes('worker is running again'))
  expect(lines[1]).toBe('worker did not start (port 1 is in use); restarting in 0.0 s')
  await supervisor.stop([['worker']])
})

test('a requested restart happens at once, and does not count as a crash', async () => {
  const lines: string[] = []
  const started: Sleeper[] = []
  const supervisor = createSupervisor({
    log: (line) => lines.push(line),
    backoffMs: () => 600_000,
  })
  await supervisor.run('api', async () => {
    const sleeper = await startSleeper()
    started.push(sleeper)
    return sleeper
  })
  for (const count of [1, 2]) {
    await supervisor.restart(['api', 'unknown'])
    await until(`restart ${count}`, () => lines.length === count)
  }
  expect(lines).toEqual(['api is running again', 'api is running again'])
  await supervisor.stop([['api']])
  await untilGone(...started.map(({ pid }) => pid))
  expect(started).toHaveLength(3)
})

test('a service that waits after a crash starts at once when a restart is requested', async () => {
  const lines: string[] = []
  const supervisor = createSupervisor({ log: (line) => lines.push(line), backoffMs: () => 600_000 })
  const first = await supervisor.run('worker', startSleeper)
  first.kill()
  await until('it waits', () => lines.length === 1)
  await supervisor.restart(['worker'])
  await until('it runs again', () => lines.includes('worker is running again'))
  await supervisor.stop([['worker']])
})

test('a first start that fails rejects', async () => {
  const supervisor = createSupervisor({ log: () => undefined })
  await expect(supervisor.run('api', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await supervisor.stop([['api']])
})

test('services stop in order and stay stopped', async () => {
  const stopped: string[] = []
  const lines: string[] = []
  const supervisor = createSupervisor({ log: (line) => lines.push(line), backoffMs: () => 1 })
  for (const name of ['postgres', 'temporal', 'api', 'worker']) {
    await supervisor.run(name, () => startSleeper(() => stopped.push(name)))
  }
  await supervisor.stop([['worker', 'api'], ['temporal'], ['postgres']])
  expect(stopped).toEqual(['worker', 'api', 'temporal', 'postgres'])
  expect(lines).toEqual([])
  await expect(supervisor.run('late', startSleeper)).rejects.toThrow('the platform is stopping')
})

test('a service that is just starting is stopped, too', async () => {
  const supervisor = createSupervisor({ log: () => undefined })
  const started = supervisor.run('api', () => startSleeper())
  await supervisor.stop([['api']])
  await untilGone((await started).pid)
})
