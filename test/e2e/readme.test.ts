import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeGray } from '../support/frames.js'
import { createApiClient, type JobWire } from './support/api-client.js'
import { type Platform, startPlatform } from './support/platform.js'

const run = promisify(execFile)
const DOWNLOAD = 'walk-720p.mp4'

describe('README', () => {
  let platform: Platform
  beforeAll(async () => {
    platform = await startPlatform()
  })
  afterAll(async () => {
    await platform.destroy()
    await rm(DOWNLOAD, { force: true })
  })

  test('its walk-through does what it says, as printed', async () => {
    const readme = await readFile('README.md', 'utf8')
    const walk = /## A walk[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    const script = walk.replace('http://127.0.0.1:8000', platform.apiUrl)
    expect(script).toContain(platform.apiUrl)
    await run('bash', ['-euc', script])
    expect(await decodeGray(DOWNLOAD)).toHaveLength(50)

    const api = createApiClient(platform.apiUrl)
    const { jobs } = await api.get<{ jobs: JobWire[] }>('/jobs')
    expect(jobs.map(({ type }) => type)).toEqual(['quality', 'edit', 'upload'])
    const [cancelled] = jobs
    expect(await api.followToEnd(cancelled?.job_id ?? '')).toMatchObject({ status: 'cancelled' })
  })
})
