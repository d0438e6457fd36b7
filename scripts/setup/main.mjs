import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build-step.mjs'
import { ffmpeg } from './ffmpeg.mjs'
import { fonts } from './fonts.mjs'
import { withLock } from './lock.mjs'
import { packages } from './packages.mjs'
import { createReport, formatSeconds } from './report.mjs'
import { SetupError } from './run.mjs'
import { temporal } from './temporal.mjs'
import { openToolsFile } from './tools-file.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const STEPS = [packages, ffmpeg, temporal, fonts, build]

/** Resolves to the exit code. */
export async function setUp(root = ROOT) {
  const since = performance.now()
  const report = createReport()
  const stop = new AbortController()
  try {
    if (!(await isDone(root))) {
      const lock = join(root, 'dist', '.setup.lock')
      const onWait = once(() => report.print('… waiting for another set-up of this folder'))
      await withLock(lock, () => runAll(root, report, stop), onWait)
    }
    report.print(`✓ Set up in ${formatSeconds(performance.now() - since)}`)
    return 0
  } catch (error) {
    stop.abort()
    report.close()
    console.error(`\n✗ ${error instanceof SetupError ? error.message : describeUnexpected(error)}`)
    return 1
  } finally {
    report.close()
  }
}

async function isDone(root) {
  const { isComplete, save } = await inspect(root)
  if (isComplete) await save()
  return isComplete
}

/** What is in place already, looking only: nothing is run. */
async function inspect(root) {
  const toolsFile = await openToolsFile(root)
  const before = JSON.stringify(toolsFile.tools)
  const details = await Promise.all(STEPS.map((step) => step.check({ root, toolsFile })))
  const isComplete = details.every((detail) => detail !== null)
  const save = async () => {
    if (JSON.stringify(toolsFile.tools) !== before) await toolsFile.save()
  }
  return { toolsFile, details, isComplete, save }
}

/** Packages, ffmpeg and Temporal side by side; fonts and the build once the packages are there. */
async function runAll(root, report, stop) {
  const { toolsFile, details } = await inspect(root)
  const context = { root, report, toolsFile, signal: stop.signal }
  const done = new Map(STEPS.map((step, index) => [step, details[index]]))
  const perform = async (step, extra = {}) => {
    report.begin(step.label)
    const detail = done.get(step) ?? (await step.run({ ...context, ...extra }))
    report.done(step.label, detail)
  }
  const packagesReady = perform(packages)
  const afterPackages = (step) => packagesReady.then(() => perform(step))
  const tasks = [
    packagesReady,
    perform(ffmpeg, { packagesReady }),
    perform(temporal),
    afterPackages(fonts),
    afterPackages(build),
  ]
  try {
    await firstFailureOrAll(tasks, stop)
  } finally {
    await toolsFile.save()
  }
}

/** The first failure stops the other steps, is waited for, and is the one that is told. */
async function firstFailureOrAll(tasks, stop) {
  try {
    await Promise.all(tasks)
  } catch (error) {
    stop.abort()
    await Promise.allSettled(tasks)
    throw error
  }
}

function describeUnexpected(error) {
  const fixes = {
    ENOSPC: 'The disk is full. Free some space and run the command again.',
    EACCES: `No permission for ${error.path}. If an earlier run as root made it, remove it or run as root again.`,
    EROFS: `${error.path} is on a read-only file system. Run from a folder that can be written.`,
  }
  return fixes[error.code] ?? `Set-up failed: ${error.message}`
}

function once(action) {
  let isFirst = true
  return () => {
    if (isFirst) action()
    isFirst = false
  }
}
