import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { describe, expect, test } from 'vitest'

Runtime.install({ logger: new DefaultLogger('ERROR') })

const FOLDER = 'test/histories'

async function namesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder)
  return files.filter((file) => file.endsWith('.json')).map((file) => basename(file, '.json'))
}

async function read(folder: string, name: string): Promise<string> {
  return readFile(join(folder, `${name}.json`), 'utf8')
}

function replay(json: string): Promise<void> {
  const history: unknown = JSON.parse(json)
  return Worker.runReplayHistory({ workflowBundle: { codePath: 'dist/workflow-bundle.js' } }, history)
}

const recorded = await namesIn(FOLDER)

describe('the histories that this version recorded (npm run histories)', () => {
  test('cover every workflow and every outcome', () => {
    expect([...recorded].sort()).toEqual([
      'deliver-completed',
      ...['edit-cancelled', 'edit-completed', 'edit-failed', 'edit-retried', 'housekeeping-completed'],
      ...['sweep-completed', 'upload-completed', 'upload-failed'],
    ])
  })

  test.each(recorded)('are replayed without a difference: %s', async (name) => {
    await expect(replay(await read(FOLDER, name))).resolves.toBeUndefined()
  })

  test('are not replayed with another order of steps', async () => {
    const json = await read(FOLDER, 'edit-completed')
    expect(json).toContain('"transcode"')
    await expect(replay(json.replaceAll('"transcode"', '"watermark"'))).rejects.toThrow(/[Nn]ondeterminism/)
  })

  test.each(recorded)('have nothing of the machine that recorded them: %s', async (name) => {
    const json = await read(FOLDER, name)
    const payloads = [...json.matchAll(/"data": "([^"]*)"/g)].map(([, data]) => atob(data ?? ''))
    const texts = [json, ...payloads].join('\n')
    expect(texts).not.toMatch(/stackTrace|"\/(?:tmp|home|root|work|var)\//)
    expect(texts).not.toMatch(/\/media\/(?:uploads|work|processed)/)
  })
})

/** Histories in which every step was an activity of a queue. */
const OLDER = join(FOLDER, 'older')

test.each(await namesIn(OLDER))('the workflow %s of an older version continues as it began', async (name) => {
  await expect(replay(await read(OLDER, name))).resolves.toBeUndefined()
})
