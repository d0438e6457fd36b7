import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { tempDir } from '../../platform/support.js'
import { type Checkout, createCheckout, FFMPEG, FFPROBE, preload, TEMPORAL, writeScript } from './checkout.js'

/** The time for builds, which run a compiler and a bundler. */
vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

let checkout: Checkout

beforeAll(async () => {
  checkout = await createCheckout()
  const { code, stderr } = await checkout.setUp({ bin: await checkout.makeBin(complete) })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

afterAll(() => checkout.remove())

const complete = { ffmpeg: FFMPEG, ffprobe: FFPROBE, temporal: TEMPORAL }

test('the set-up finds the tools on PATH, builds, and has nothing to do the next time', async () => {
  const bin = await checkout.makeBin(complete)
  const first = await checkout.setUp({ bin, forget: true })
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toMatch(/✓ ffmpeg +6\.1\.2-test, on PATH +\d+\.\d s\n/)
  expect(first.stdout).toMatch(/✓ Temporal server +1\.29\.1, on PATH/)
  expect(await checkout.readTools()).toMatchObject({
    ffmpeg: join(bin, 'ffmpeg'),
    temporal: join(bin, 'temporal'),
  })
  const built = await Promise.all(
    ['src/index.js', 'src/page.html', 'workflow-bundle.js', 'fonts/NotoSans_400Regular.ttf'].map((name) =>
      readFile(join(checkout.root, 'dist', name)),
    ),
  )
  expect(built.every(({ length }) => length > 0)).toBe(true)
  const second = await checkout.setUp({ bin })
  expect(second.code).toBe(0)
  expect(second.stdout).toMatch(/^✓ Set up in \d+\.\d s\n$/)
})

test('the set-up builds again when a source changes, and removes outputs whose source is gone', async () => {
  const bin = await checkout.makeBin(complete)
  await writeFile(join(checkout.root, 'src', 'extra.ts'), 'export const extra = 1\n')
  expect((await checkout.setUp({ bin })).stdout).toMatch(/✓ Build +5 files/)
  expect(await readdir(join(checkout.root, 'dist', 'src'))).toContain('extra.js')
  await rm(join(checkout.root, 'src', 'extra.ts'))
  expect((await checkout.setUp({ bin })).code).toBe(0)
  expect(await readdir(join(checkout.root, 'dist', 'src'))).not.toContain('extra.js')
})

test('a source that does not compile fails with the message of the compiler', async () => {
  const bin = await checkout.makeBin(complete)
  await writeFile(join(checkout.root, 'src', 'wrong.ts'), 'export const wrong: number = "text"\n')
  const result = await checkout.setUp({ bin })
  await rm(join(checkout.root, 'src', 'wrong.ts'))
  expect(result.code).toBe(1)
  expect(result.stderr).toContain('src/wrong.ts(1,14): error TS2322')
  expect(result.stderr).not.toMatch(/\n {4}at /)
})

test.each([
  ['is missing', {}],
  ['is too old', { ffmpeg: 'echo "ffmpeg version 4.4.2 Copyright"', ffprobe: FFPROBE }],
  ['lacks an encoder', { ffmpeg: FFMPEG.replace('libx264', 'mpeg4'), ffprobe: FFPROBE }],
])('the set-up says how to get ffmpeg when it %s', async (_, scripts) => {
  const bin = await checkout.makeBin({ temporal: TEMPORAL, ...scripts })
  const { code, stderr } = await checkout.setUp({ bin, forget: true })
  expect(code).toBe(1)
  expect(stderr).toContain('sudo apt-get install ffmpeg')
  expect(stderr).not.toMatch(/\n {4}at /)
})

test.runIf(process.getuid?.() === 0)('the set-up gets ffmpeg as a package for root on Debian', async () => {
  const bin = await checkout.makeBin({ temporal: TEMPORAL })
  const [ffmpeg, ffprobe] = [join(bin, 'later', 'ffmpeg'), join(bin, 'later', 'ffprobe')]
  await writeScript(ffmpeg, FFMPEG)
  await writeScript(ffprobe, FFPROBE)
  const install = `echo "$DEBIAN_FRONTEND $@" >> "${bin}/calls"
    case "$*" in *install*) PATH=/usr/bin:/bin; ln -s "${ffmpeg}" "${ffprobe}" "${bin}" ;; esac`
  await writeScript(join(bin, 'apt-get'), install)
  const { code, stdout } = await checkout.setUp({ bin, forget: true })
  expect(code).toBe(0)
  expect(stdout).toMatch(/✓ ffmpeg +6\.1\.2-test, from its package/)
  const calls = (await readFile(join(bin, 'calls'), 'utf8')).trim().split('\n')
  expect(calls).toEqual([
    expect.stringMatching(/^noninteractive .* update$/),
    expect.stringMatching(/^noninteractive .* install -y --no-install-recommends ffmpeg$/),
  ])
})

test('the set-up names a variable that does not point to an ffmpeg', async () => {
  const bin = await checkout.makeBin(complete)
  const { code, stderr } = await checkout.setUp({ bin, env: { FFMPEG_PATH: '/does/not/exist' } })
  expect(code).toBe(1)
  expect(stderr).toContain('FFMPEG_PATH / FFPROBE_PATH: /does/not/exist is not a program')
})

test('the set-up installs the packages with the npm that runs it, and explains a missing network', async () => {
  const bin = await checkout.makeBin(complete)
  const cli = join(bin, 'npm-cli.js')
  await writeFile(cli, `console.error('npm error code ENOTFOUND'); process.exitCode = 1`)
  const stamp = join(checkout.root, 'node_modules', '.cache', 'cutroom-packages')
  const [saved, lockfile] = [await readFile(stamp), join(checkout.root, 'package-lock.json')]
  const wanted = { 'node_modules/left': { version: '1.0.0' } }
  await writeFile(lockfile, JSON.stringify({ lockfileVersion: 3, packages: wanted }))
  const { code, stderr } = await checkout.setUp({ bin, env: { npm_execpath: cli } })
  await writeFile(lockfile, JSON.stringify({ lockfileVersion: 3, packages: {} }))
  await writeFile(stamp, saved)
  expect(code).toBe(1)
  expect(stderr).toContain('npm cannot reach its registry. Check the network')
})

test('the set-up finds Temporal in the cache', async () => {
  const bin = await checkout.makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE })
  const cache = await tempDir()
  await writeScript(join(cache, 'cutroom', 'bin', 'temporal'), TEMPORAL)
  const { code, stdout } = await checkout.setUp({ bin, env: { XDG_CACHE_HOME: cache } })
  expect(code).toBe(0)
  expect(stdout).toContain('1.29.1, in the cache')
})

test('the set-up does not look for Temporal when a server is named', async () => {
  const bin = await checkout.makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE })
  expect((await checkout.setUp({ bin, env: { TEMPORAL_ADDRESS: 'temporal:7233' } })).code).toBe(0)
  expect((await checkout.readTools())['temporal']).toBeNull()
})

test('the set-up says how to get Temporal when it cannot install it', async () => {
  const bin = await checkout.makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE })
  const { code, stderr } = await checkout.setUp({ bin })
  expect(code).toBe(1)
  expect(stderr).toContain('the download failed (offline); Go, which could build it, is not on PATH')
  expect(stderr).toContain('set TEMPORAL_ADDRESS to a Temporal server of yours')
})

const GO = `case "$1 $2" in
"env GOVERSION") echo go1.26.0 ;;
"env GOTOOLCHAIN") echo auto ;;
install*) echo build >> "$BUILDS"; printf '#!/bin/sh\\n%s\\n' '${TEMPORAL}' > "$GOBIN/temporal"; PATH=/usr/bin:/bin
  sleep 1; chmod 755 "$GOBIN/temporal" ;;
esac`

test('the set-up builds Temporal with Go when it cannot be downloaded, once for set-ups side by side', async () => {
  const [bin, cache] = [await checkout.makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE, go: GO }), await tempDir()]
  const builds = join(cache, 'builds')
  const env = { XDG_CACHE_HOME: cache, BUILDS: builds }
  const results = await Promise.all([
    checkout.setUp({ bin, env, forget: true }),
    checkout.setUp({ bin, env }),
  ])
  expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
    { code: 0, stderr: '' },
    { code: 0, stderr: '' },
  ])
  expect(await readFile(builds, 'utf8')).toBe('build\n')
  expect(await readdir(join(cache, 'cutroom'))).toEqual(['bin'])
  expect((await checkout.readTools())['temporal']).toBe(join(cache, 'cutroom', 'bin', 'temporal'))
})

test('the set-up downloads the release of Temporal for this machine', async () => {
  const [bin, cache, release] = [
    await checkout.makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE }),
    await tempDir(),
    await tempDir(),
  ]
  for (const name of ['tar', 'gzip'])
    await symlink(join('/usr/bin', name), join(bin, name)).catch(() => undefined)
  await writeScript(join(release, 'temporal'), TEMPORAL)
  const tar = spawn('tar', ['-czf', join(release, 'cli.tar.gz'), '-C', release, 'temporal'])
  await once(tar, 'close')
  const archive = await readFile(join(release, 'cli.tar.gz'))
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const base = `http://${request.headers.host ?? ''}`
    if (request.url === '/archive') response.end(archive)
    else response.end(JSON.stringify({ archiveUrl: `${base}/archive`, fileToExtract: 'temporal' }))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : null
  // Stands in for the download site.
  const redirect = `const get = fetch
    globalThis.fetch = (url, options) =>
      get(url.replace('https://temporal.download', 'http://127.0.0.1:${port}'), options)`
  const env = { XDG_CACHE_HOME: cache, NODE_OPTIONS: preload(redirect) }
  const { code, stderr } = await checkout.setUp({ bin, env })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(asked[0]).toMatch(/^\/cli\/v1\.5\.1\?arch=(amd64|arm64)&platform=\w+&format=tar\.gz$/)
  expect(await readdir(join(cache, 'cutroom'))).toEqual(['bin'])
})
