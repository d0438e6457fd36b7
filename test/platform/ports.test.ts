import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { PortInUseError, withPort } from '../../src/platform/ports.js'

const HOST = '127.0.0.1'

async function occupy(): Promise<number> {
  const server = createServer().listen(0, HOST)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const echo = (port: number) => Promise.resolve(port)

test('a default port that is in use gives way to a free one', async () => {
  const taken = await occupy()
  const port = await withPort('PORT', { port: taken, isFixed: false }, HOST, echo)
  expect(port).not.toBe(taken)
  expect(port).toBeGreaterThan(0)
})

test('a port that was set by hand and is in use causes an error that names the variable', async () => {
  const taken = await occupy()
  const start = withPort('POSTGRES_PORT', { port: taken, isFixed: true }, HOST, echo)
  await expect(start).rejects.toThrow(`POSTGRES_PORT=${taken} is in use by another program`)
})

test('0 stands for any free port', async () => {
  expect(await withPort('PORT', { port: 0, isFixed: false }, HOST, echo)).toBeGreaterThan(0)
})

test('a port that is taken between the check and the start is replaced', async () => {
  const tried: number[] = []
  const port = await withPort('PORT', { port: 0, isFixed: false }, HOST, (chosen) => {
    tried.push(chosen)
    return tried.length < 3 ? Promise.reject(new PortInUseError(chosen)) : Promise.resolve(chosen)
  })
  expect(tried).toHaveLength(3)
  expect(port).toBe(tried[2])
})

test('a start that fails for another reason is not tried again', async () => {
  let starts = 0
  const start = withPort('PORT', { port: 0, isFixed: false }, HOST, () => {
    starts += 1
    return Promise.reject(new Error('no disk'))
  })
  await expect(start).rejects.toThrow('no disk')
  expect(starts).toBe(1)
})
