import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { tempDir } from './support.js'

const FFMPEG = `case "$2" in
-version) echo "ffmpeg version 6.1.2-test Copyright" ;;
-encoders) echo " V....D libx264  H.264"; echo " A....D aac  AAC" ;;
-filters) echo " ... ass  V->V  Render" ;;
esac`
const FFPROBE = 'echo "ffprobe version 6.1.2-test Copyright"'
const TEMPORAL = 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"'
const OFFLINE = preload(`globalThis.fetch = () => Promise.reject(new Error('offline'))`)

let root = ''

/** A checkout with next to nothing to compile, and our packages. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cutroom-setup-'))
  for (const name of ['scripts', '.npmrc', 'tsconfig.json', 'tsconfig.build.json']) {
    await cp(resolve(name), join(root, name), { recursive: true })
  }
  for (const dir of ['src', 'workflows', 'activities']) {
    await mkdir(join(root, dir))
    await writeFile(join(root, dir, 'index.ts'), 'export const nothing = null\n')
  }
  await writeFile(join(root, 'src', 'page.html'), '<p>page</p>')
  const dependencies = { '@expo-google-fonts/noto-sans': '*' }
  const manifest = { type: 'module', engines: { node: '>=20.19' }, dependencies }
  await writeFile(join(root, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(root, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages: {} }))
  await mkdir(join(root, 'node_modules'))
  for (const name of await readdir('node_modules')) {
    if (!name.startsWith('.') && name !== 'ffmpeg-static') {
      await symlink(resolve('node_modules', name), join(root, 'node_modules', name))
    }
  }
  await setUp({ bin: await makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE, temporal: TEMPORAL }) })
})

afterAll(() => rm(root, { recursive: true, force: true }))

/** A setting for NODE_OPTIONS that runs code before the program. */
function preload(code: string): string {
  return `--import=data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
}

interface SetUpOptions {
  /** All of PATH. */
  readonly bin: string
  readonly env?: Record<string, string>
  readonly forget?: boolean
}

/** Runs the set-up as somebody whose machine has only what is in `bin`. */
async function setUp({ bin, env = {}, forget = false }: SetUpOptions) {
  if (forget) await rm(join(root, 'dist', 'tools.json'), { force: true })
  const child = spawn(process.execPath, [join(root, 'scripts', 'setup.mjs')], {
    env: { PATH: bin, HOME: join(bin, 'home'), NODE_OPTIONS: OFFLINE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  await once(child, 'close')
  return { code: child.exitCode, stdout, stderr }
}

async function makeBin(scripts: Record<string, string>): Promise<string> {
  const bin = await mkdtemp(join(tmpdir(), 'cutroom-bin-'))
  afterAllDirs.push(bin)
  for (const [name, code] of Object.entries(scripts)) await writeScript(join(bin, name), code)
  return bin
}

const afterAllDirs: string[] = []
afterAll(() => Promise.all(afterAllDirs.map((dir) => rm(dir, { recursive: true, force: true }))))

async function writeScript(path: string, code: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${code}\n`)
  await chmod(path, 0o755)
}

async function readTools(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(root, 'dist', 'tools.json'), 'utf8')) as Record<string, unknown>
}

const complete = { ffmpeg: FFMPEG, ffprobe: FFPROBE, temporal: TEMPORAL }

test('finds the tools on PATH, builds, and is done at once the next time', async () => {
  const bin = await makeBin(complete)
  const first = await setUp({ bin, forget: true })
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toMatch(/✓ ffmpeg +6\.1\.2-test, on PATH +\d+\.\d s\n/)
  expect(first.stdout).toMatch(/✓ Temporal server +1\.29\.1, on PATH/)
  expect(await readTools()).toMatchObject({ ffmpeg: join(bin, 'ffmpeg'), temporal: join(bin, 'temporal') })
  const built = await Promise.all(
    ['src/index.js', 'src/page.html', 'workflow-bundle.js', 'fonts/NotoSans_400Regular.ttf'].map((name) =>
      readFile(join(root, 'dist', name)),
    ),
  )
  expect(built.every(({ length }) => length > 0)).toBe(true)
  const second = await setUp({ bin })
  expect(second.code).toBe(0)
  expect(second.stdout).toMatch(/^✓ Set up in 0\.\d s\n$/)
})

test('builds again when a source changes, and removes what its source has left', async () => {
  const bin = await makeBin(complete)
  await writeFile(join(root, 'src', 'extra.ts'), 'export const extra = 1\n')
  expect((await setUp({ bin })).stdout).toMatch(/✓ Build +5 files/)
  expect(await readdir(join(root, 'dist', 'src'))).toContain('extra.js')
  await rm(join(root, 'src', 'extra.ts'))
  expect((await setUp({ bin })).code).toBe(0)
  expect(await readdir(join(root, 'dist', 'src'))).not.toContain('extra.js')
})

test('a source that does not compile fails with what the compiler said', async () => {
  const bin = await makeBin(complete)
  await writeFile(join(root, 'src', 'wrong.ts'), 'export const wrong: number = "text"\n')
  const result = await setUp({ bin })
  await rm(join(root, 'src', 'wrong.ts'))
  expect(result.code).toBe(1)
  expect(result.stderr).toContain('src/wrong.ts(1,14): error TS2322')
  expect(result.stderr).not.toMatch(/\n {4}at /)
})

test.each([
  ['is missing', {}],
  ['is too old', { ffmpeg: 'echo "ffmpeg version 4.4.2 Copyright"', ffprobe: FFPROBE }],
  ['lacks an encoder', { ffmpeg: FFMPEG.replace('libx264', 'mpeg4'), ffprobe: FFPROBE }],
])('says how to get ffmpeg when it %s', async (_, scripts) => {
  const bin = await makeBin({ temporal: TEMPORAL, ...scripts })
  const { code, stderr } = await setUp({ bin, forget: true })
  expect(code).toBe(1)
  expect(stderr).toContain('sudo apt-get install ffmpeg')
  expect(stderr).not.toMatch(/\n {4}at /)
})

test('names the variable that points to no ffmpeg', async () => {
  const bin = await makeBin(complete)
  const { code, stderr } = await setUp({ bin, env: { FFMPEG_PATH: '/does/not/exist' } })
  expect(code).toBe(1)
  expect(stderr).toContain('FFMPEG_PATH / FFPROBE_PATH: /does/not/exist is not a program')
})

test('installs the packages with the npm that runs it, and explains a missing network', async () => {
  const bin = await makeBin(complete)
  const cli = join(bin, 'npm-cli.js')
  await writeFile(cli, `console.error('npm error code ENOTFOUND'); process.exitCode = 1`)
  const stamp = join(root, 'node_modules', '.cache', 'cutroom-packages')
  const [saved, lockfile] = [await readFile(stamp), join(root, 'package-lock.json')]
  const wanted = { 'node_modules/left': { version: '1.0.0' } }
  await writeFile(lockfile, JSON.stringify({ lockfileVersion: 3, packages: wanted }))
  const { code, stderr } = await setUp({ bin, env: { npm_execpath: cli } })
  await writeFile(lockfile, JSON.stringify({ lockfileVersion: 3, packages: {} }))
  await writeFile(stamp, saved)
  expect(code).toBe(1)
  expect(stderr).toContain('npm cannot reach its registry. Check the network')
})

test('finds Temporal in the cache', async () => {
  const bin = await makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE })
  const cache = await tempDir()
  await writeScript(join(cache, 'cutroom', 'bin', 'temporal'), TEMPORAL)
  const { code, stdout } = await setUp({ bin, env: { XDG_CACHE_HOME: cache } })
  expect(code).toBe(0)
  expect(stdout).toContain('1.29.1, in the cache')
})

test('needs no Temporal when a server is named', async () => {
  const bin = await makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE })
  expect((await setUp({ bin, env: { TEMPORAL_ADDRESS: 'temporal:7233' } })).code).toBe(0)
  expect((await readTools())['temporal']).toBeNull()
})

test('says how to get Temporal when there is no way to', async () => {
  const bin = await makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE })
  const { code, stderr } = await setUp({ bin })
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

test('builds Temporal with Go when it cannot be downloaded, once for set-ups side by side', async () => {
  const [bin, cache] = [await makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE, go: GO }), await tempDir()]
  const builds = join(cache, 'builds')
  const env = { XDG_CACHE_HOME: cache, BUILDS: builds }
  const results = await Promise.all([setUp({ bin, env, forget: true }), setUp({ bin, env })])
  expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
    { code: 0, stderr: '' },
    { code: 0, stderr: '' },
  ])
  expect(await readFile(builds, 'utf8')).toBe('build\n')
  expect(await readdir(join(cache, 'cutroom'))).toEqual(['bin'])
  expect((await readTools())['temporal']).toBe(join(cache, 'cutroom', 'bin', 'temporal'))
})

test('downloads the release of Temporal for this machine', async () => {
  const [bin, cache, release] = [
    await makeBin({ ffmpeg: FFMPEG, ffprobe: FFPROBE }),
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
  const { code, stderr } = await setUp({ bin, env })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(asked[0]).toMatch(/^\/cli\/v1\.5\.1\?arch=(amd64|arm64)&platform=\w+&format=tar\.gz$/)
  expect(await readdir(join(cache, 'cutroom'))).toEqual(['bin'])
})
