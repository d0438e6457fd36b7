import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  GOOD_FILE,
  type HostileFile,
  hugePng,
  type Prey,
  scripts,
  writeBombs,
  writeGoodFile,
  writePolyglots,
} from '../hostile/files.js'
import { layBait, openTrap, type Trap } from '../hostile/watch.js'
import { type ApiClient, createApiClient, type JobWire } from './support/api-client.js'
import { type Platform, startPlatform } from './support/platform.js'
import { filesBelow } from './support/processes.js'
import { expectRefusal, traces } from './support/refusal.js'

describe('a platform that gets hostile files', () => {
  let platform: Platform
  let api: ApiClient
  let trap: Trap
  let bait: Awaited<ReturnType<typeof layBait>>
  let prey: Prey
  let dir: string

  beforeAll(async () => {
    platform = await startPlatform()
    api = createApiClient(platform.apiUrl)
    trap = await openTrap()
    dir = join(platform.dataDir, 'hostile')
    await mkdir(dir)
    await writeGoodFile(dir)
    prey = { url: trap.url, secretPath: join(dir, 'secret.txt') }
    bait = await layBait(prey.secretPath, 'nobody may read this')
  })
  afterAll(async () => {
    trap.close()
    await platform.destroy()
  })

  async function untouched(): Promise<void> {
    expect(trap.count()).toBe(0)
    expect(await bait.wasRead()).toBe(false)
    expect(await filesBelow(join(platform.dataDir, 'media/work'))).toEqual([])
  }

  test('has a bait that notices when it is read, and a trap that notices when it is asked', async () => {
    const other = await layBait(join(dir, 'other.txt'), 'x')
    await readFile(join(dir, 'other.txt'))
    expect(await other.wasRead()).toBe(true)
    const second = await openTrap()
    await fetch(second.url)
    expect(second.count()).toBe(1)
    second.close()
  })

  test('refuses scripts that pose as films, and opens nothing', async () => {
    const before = await traces(platform)
    for (const [index, [what, text]] of scripts(prey).entries()) {
      const path = join(dir, `script-${index}.mp4`)
      await writeFile(path, text)
      const response = await api.upload('/upload', path)
      expect(response.status, what).toBe(400)
      await expectRefusal(platform, before, response, { status: 400, code: 'unsupported-media' })
    }
    await untouched()
  })

  test('refuses scripts that pose as pictures, sounds, fonts and subtitles', async () => {
    const before = await traces(platform)
    for (const [index, [what, text]] of scripts(prey).entries()) {
      for (const ending of ['png', 'mp3', 'ttf', 'ass']) {
        const path = join(dir, `asset-${index}.${ending}`)
        await writeFile(path, text)
        const response = await api.upload('/assets', path)
        expect([400, 415], `${what} as ${ending}`).toContain(response.status)
      }
    }
    expect(await traces(platform)).toEqual(before)
    await untouched()
  })

  test('refuses small files that need too much, by their measured size', async () => {
    const bombs = await writeBombs(dir)
    const before = await traces(platform)
    for (const bomb of bombs) await expectOutcome(bomb)
    const picture = join(dir, 'huge.png')
    await writeFile(picture, hugePng())
    await expectRefusal(platform, before, await api.upload('/assets', picture), {
      status: 400,
      code: 'media-over-limits',
    })
    expect(await traces(platform)).toEqual(before)
  })

  test('treats a file that is two things at once as a film and nothing else', async () => {
    for (const polyglot of await writePolyglots(dir, prey)) {
      const video = await expectOutcome(polyglot)
      if (!video) continue
      const file = await fetch(api.url(`/videos/${video}/download`))
      expect(file.headers.get('content-type'), polyglot.what).toMatch(/^video\//)
      expect(file.headers.get('x-content-type-options')).toBe('nosniff')
      expect(file.headers.get('content-security-policy')).toContain('sandbox')
      expect(file.headers.get('content-disposition')).toMatch(/^attachment/)
      await file.arrayBuffer()
    }
    await untouched()
  })

  test('treats text that looks like syntax as text', async () => {
    const videoId = await api.uploadVideo(join(dir, GOOD_FILE))
    const address = prey.url.replaceAll(':', '\\:')
    const texts = [
      `';movie=${address}a.mp4[x];[x]`,
      `[in]movie='${prey.secretPath}'[out]`,
      `x:textfile=${prey.secretPath}:reload=1`,
      '%{pts}%{gmtime}%{eif:1:d}',
      '{\\fs999\\p1}m 0 0 l 9999 0 9999 9999{\\p0}',
      `\\N\\n\\h[Fonts]\nfontname: ../../x.ttf`,
      '$(touch x) `touch x` | touch x',
      `<img src="${prey.url}a.png">`,
    ]
    const operations = texts.map((content) => ({
      type: 'overlay',
      overlay_type: 'text',
      content,
      start_time: 0,
      end_time: 1,
      position_x: 1,
      position_y: 1,
    }))
    const output = { qualities: ['240p'] }
    const job = await api.submit('/edits', { video_id: videoId, operations, output })
    expect(await api.followToEnd(job.job_id)).toMatchObject({ status: 'completed', error_code: null })
    await untouched()
  })

  /** Expects the outcome of a file. Returns the id of a film that was accepted and from which a rendition was made. */
  async function expectOutcome({ name, what, refusedWith }: HostileFile): Promise<string | null> {
    const response = await api.upload('/upload', join(dir, name))
    const body = (await response.json()) as { code?: string } & JobWire
    if (response.status === 400) {
      expect(body.code, what).toBe(refusedWith)
      return null
    }
    expect(response.status, what).toBe(202)
    const ended = await api.followToEnd(body.job_id)
    expect(ended.error_code, what).toBe(refusedWith)
    if (ended.status === 'failed') return null
    const job = await api.submit('/edits', {
      video_id: body.video_id,
      operations: [{ type: 'mute' }],
      output: { qualities: ['240p'] },
    })
    expect(await api.followToEnd(job.job_id), what).toMatchObject({ status: 'completed' })
    return body.video_id
  }
})
