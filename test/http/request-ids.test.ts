import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createApp } from '../../src/http/app.js'
import { startServer } from '../../src/http/server.js'
import { createLog } from '../../src/log.js'
import { httpConfig } from '../support/http-config.js'
import { createStandInUseCases } from './stand-in-use-cases.js'
import { NO_KEYS } from './support.js'

test('the log lines of a use case have the id of their request, and so has the line of the request', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-ids-'))
  const lines: Record<string, unknown>[] = []
  const log = createLog('api', 'info', {
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  })
  const standIns = createStandInUseCases(dir)
  const useCases = {
    ...standIns,
    listAssets: async (...args: Parameters<typeof standIns.listAssets>) => {
      const assets = await standIns.listAssets(...args)
      log.info('deep inside')
      return assets
    },
  }
  const server = await startServer(
    createApp({ useCases, config: httpConfig(), access: NO_KEYS, log }),
    httpConfig(),
  )
  onTestFinished(async () => {
    await server.close()
    await rm(dir, { recursive: true, force: true })
  })
  const ask = (id: string) => fetch(`${server.url}/api/v1/assets`, { headers: { 'X-Request-Id': id } })
  await Promise.all([ask('first'), ask('second')])
  await vi.waitFor(() => expect(lines).toHaveLength(4))
  for (const requestId of ['first', 'second']) {
    expect(lines.filter((line) => line['requestId'] === requestId).map(({ msg }) => msg)).toEqual([
      'deep inside',
      'answered',
    ])
  }
  log.info('outside')
  expect(lines.at(-1)).not.toHaveProperty('requestId')
})
