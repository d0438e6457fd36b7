import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Programs that print what the set-up asks the real ones for. */
export const FFMPEG = `case "$2" in
-version) echo "ffmpeg version 6.1.2-test Copyright" ;;
-encoders) echo " V....D libx264  H.264"; echo " A....D aac  AAC" ;;
-filters) echo " ... ass  V->V  Render" ;;
esac`
export const FFPROBE = 'echo "ffprobe version 6.1.2-test Copyright"'
export const TEMPORAL = 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"'

export interface SetUpOptions {
  /** The whole PATH. */
  readonly bin: string
  readonly env?: Record<string, string>
  /** Whether to forget what earlier set-ups found. */
  readonly forget?: boolean
}

export type Checkout = Awaited<ReturnType<typeof createCheckout>>

/** A checkout with almost nothing to compile, and with our packages. */
export async function createCheckout() {
  const home = await mkdtemp(join(tmpdir(), 'cutroom-setup-'))
  const root = join(home, 'checkout')
  await fill(root)
  return {
    root,
    setUp: (options: SetUpOptions) => setUp(root, options),
    /** A folder for PATH that has only these programs. */
    makeBin: async (programs: Record<string, string>) => {
      const bin = await mkdtemp(join(home, 'bin-'))
      for (const [name, code] of Object.entries(programs)) await writeScript(join(bin, name), code)
      return bin
    },
    readTools: async () =>
      JSON.parse(await readFile(join(root, 'dist', 'tools.json'), 'utf8')) as Record<string, unknown>,
    remove: () => rm(home, { recursive: true, force: true }),
  }
}

export async function writeScript(path: string, code: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${code}\n`)
  await chmod(path, 0o755)
}

/** A value for NODE_OPTIONS that runs code before the program. */
export function preload(code: string): string {
  return `--import=data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
}

async function fill(root: string): Promise<void> {
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
    if (name.startsWith('.') || name === 'ffmpeg-static') continue
    await symlink(resolve('node_modules', name), join(root, 'node_modules', name))
  }
}

/** Runs the set-up on a machine without a network that has only the programs in `bin`. */
async function setUp(root: string, { bin, env = {}, forget = false }: SetUpOptions) {
  if (forget) await rm(join(root, 'dist', 'tools.json'), { force: true })
  const offline = preload(`globalThis.fetch = () => Promise.reject(new Error('offline'))`)
  const child = spawn(process.execPath, [join(root, 'scripts', 'setup.mjs')], {
    env: { PATH: bin, HOME: join(bin, 'home'), NODE_OPTIONS: offline, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  await once(child, 'close')
  return { code: child.exitCode, stdout, stderr }
}
