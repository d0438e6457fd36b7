import { mkdtemp, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createApiClient, type JobWire } from '../e2e/support/api-client.js'
import { makeClip } from '../e2e/support/clips.js'
import { type Platform, startPlatform } from '../e2e/support/platform.js'
import { FFPROBE } from '../support/lavfi.js'

let platform: Platform
afterEach(() => platform.destroy())

/** In place of ffprobe: kills its worker when it is to read the packets of one file, of this many bytes. */
const deadly = (sizeFile: string) => `#!/bin/sh
for last; do :; done
size=$(cat ${sizeFile})
case "$*" in
  *packet=*) [ "$(stat -L -c %s "\${last#file:}")" = "$size" ] && kill -9 "$PPID" ;;
esac
exec ${FFPROBE} "$@"
`

test('a file that kills every worker is given up, and what is beside it is done', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'cutroom-deadly-'))
  const [sizeFile, ffprobe] = [join(dataDir, 'size'), join(dataDir, 'ffprobe')]
  const [bad, good] = await Promise.all([
    makeClip(join(dataDir, 'bad.mp4'), { width: 320, height: 180, seconds: 2 }),
    makeClip(join(dataDir, 'good.mp4'), { width: 160, height: 90, seconds: 1 }),
  ])
  await writeFile(sizeFile, String((await stat(bad)).size))
  await writeFile(ffprobe, deadly(sizeFile), { mode: 0o755 })
  platform = await startPlatform({ dataDir, env: { FFPROBE_PATH: ffprobe, LOG_LEVEL: 'error' } })
  const api = createApiClient(platform.apiUrl)
  const begin = async (path: string) => (await (await api.upload('/upload', path)).json()) as JobWire
  const [killer, neighbour] = [await begin(bad), await begin(good)]
  expect(await api.followToEnd(neighbour.job_id)).toMatchObject({ status: 'completed' })
  expect(await api.followToEnd(killer.job_id)).toMatchObject({ status: 'failed', error_code: 'worker-lost' })
})
