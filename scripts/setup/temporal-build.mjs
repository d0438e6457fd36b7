import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { lastLines, run, which } from './run.mjs'
import { TEMPORAL_VERSION } from './temporal-download.mjs'

/** The newest tag that `go install` accepts: later ones carry a replace directive. */
const MODULE = `github.com/temporalio/cli/cmd/temporal@${TEMPORAL_VERSION}`
/** The version that its go.mod asks for. From 1.21 on, Go gets that toolchain itself, unless it was told not to. */
const NEEDED_GO = { major: 1, minor: 25 }
const SELF_UPDATING_GO = { major: 1, minor: 21 }

/**
 * Builds the official module from source: minutes, but it needs no download site, only a module proxy.
 * @param {import('./types.d.ts').GetTemporal} context
 */
export async function buildTemporal({ target, isGood, report, signal, label }) {
  const go = await findGo(signal)
  await mkdir(dirname(target), { recursive: true })
  const scratch = await mkdtemp(join(dirname(target), '..', 'build-'))
  report.status(label, `building ${TEMPORAL_VERSION} with Go, which takes some minutes, once`)
  try {
    const { code, output } = await run(go, ['install', MODULE], {
      cwd: scratch,
      env: {
        ...process.env,
        GOBIN: scratch,
        CGO_ENABLED: '0',
        GOFLAGS: '',
        GO111MODULE: 'on',
        GOWORK: 'off',
      },
      signal,
    })
    const binary = join(scratch, 'temporal')
    if (code !== 0) throw new Error(`the build with Go failed:\n${lastLines(output, 5)}\n`)
    if (!(await isGood(binary))) throw new Error('the server that Go built does not run')
    await rename(binary, target)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** @param {AbortSignal} signal */
async function findGo(signal) {
  const go = await which('go')
  if (!go) throw new Error('Go, which could build it, is not on PATH')
  const [version, toolchain] = await Promise.all([
    run(go, ['env', 'GOVERSION'], { signal, timeoutMs: 20_000 }),
    run(go, ['env', 'GOTOOLCHAIN'], { signal, timeoutMs: 20_000 }),
  ])
  const [, major = 0, minor = 0] = /go(\d+)\.(\d+)/.exec(version.stdout)?.map(Number) ?? []
  const needed = toolchain.stdout.trim().startsWith('local') ? NEEDED_GO : SELF_UPDATING_GO
  if (major < needed.major || (major === needed.major && minor < needed.minor)) {
    throw new Error(`Go ${NEEDED_GO.major}.${NEEDED_GO.minor} could build it, and the one on PATH is older`)
  }
  return go
}
