import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Connection } from '@temporalio/client'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive } from '../../src/platform/child-process.js'
import { choosePort, PortInUseError } from '../../src/platform/ports.js'
import {
  startTemporalServer,
  type TemporalServer,
  type TemporalServerOptions,
} from '../../src/platform/temporal-server.js'
import { readTools } from '../../src/platform/tools.js'
import { killParent, startParent, tempDir, untilGone } from './support.js'

const ANY = { port: 0, isFixed: false }
const binary = readTools().temporalPath ?? 'temporal'

async function start(options: Partial<TemporalServerOptions> = {}): Promise<TemporalServer> {
  const server = await startTemporalServer({
    binary,
    port: 0,
    uiPort: null,
    dbFile: null,
    log: () => undefined,
    ...options,
  })
  onTestFinished(() => server.stop())
  return server
}

async function namespaces(address: string): Promise<(string | null | undefined)[]> {
  const connection = await Connection.connect({ address })
  try {
    const { namespaces: found } = await connection.workflowService.listNamespaces({})
    return found.map(({ namespaceInfo }) => namespaceInfo?.name)
  } finally {
    await connection.close()
  }
}

test('Temporal answers once it has started, has its UI, and is gone when it has stopped', async () => {
  const dbFile = join(await tempDir(), 'temporal', 'temporal.db')
  const server = await start({ dbFile, uiPort: 0, namespace: 'studio' })
  expect(await namespaces(server.address)).toEqual(expect.arrayContaining(['default', 'studio']))
  const page = await fetch(String(server.uiUrl))
  expect(page.status).toBe(200)
  await server.stop()
  expect(isAlive(server.pid)).toBe(false)
  // The file has the state, so the namespace need not be created again.
  const again = await start({ dbFile })
  expect(await namespaces(again.address)).toContain('studio')
})

test('Temporal reports that its port is in use', async () => {
  const { address } = await start()
  const port = Number(address.split(':')[1])
  await expect(start({ port })).rejects.toThrow(new PortInUseError(port))
})

test('a program that is not Temporal fails with its last lines', async () => {
  await expect(start({ binary: process.execPath })).rejects.toThrow(/Temporal did not start: it ended with/)
})

test('a port that something had for a moment is reported, also one that the server chose itself', async () => {
  // Stands in for a server that met a connection of another program, which is closed again by now.
  const stub = join(await tempDir(), 'stub.sh')
  const message = "can't set metrics port 45555: listen tcp 127.0.0.1:45555: bind: address already in use"
  await writeFile(stub, `#!/bin/sh\necho "level=ERROR msg=\\"${message}\\""\nexit 1\n`, { mode: 0o755 })
  await expect(start({ binary: stub, port: await choosePort('PORT', ANY, '127.0.0.1') })).rejects.toThrow(
    new PortInUseError(45_555),
  )
})

test('Temporal dies with a parent that is killed', async () => {
  const parent = await startParent(`
    import { startTemporalServer } from './dist/src/platform/temporal-server.js'
    const options = { binary: ${JSON.stringify(binary)}, port: 0, uiPort: null, dbFile: null, log: () => {} }
    const { pid, exited } = await startTemporalServer(options)
    console.log(JSON.stringify({ pid }))
    await exited
  `)
  await killParent(parent)
  await untilGone(Number(parent.said['pid']))
})
