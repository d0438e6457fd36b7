import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build-step.mjs'
import { codeOf, messageOf, SetupError } from './errors.mjs'
import { ffmpeg } from './ffmpeg.mjs'
import { fonts } from './fonts.mjs'
import { withLock } from './lock.mjs'
import { packages } from './packages.mjs'
import { createReport, formatSeconds } from './report.mjs'
import { temporal } from './temporal.mjs'
import { openToolsFile } from './tools-file.mjs'

/**
 * @typedef {import('./types.d.ts').Step} Step
 * @typedef {import('./report.mjs').Report} Report
 */

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

/** @param {string} root */
async function isDone(root) {
  const { isComplete, save } = await inspect(root)
  if (isComplete) await save()
  return isComplete
}

/**
 * What is in place already, by looking only: nothing is run.
 * @param {string} root
 */
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

/**
 * Packages, ffmpeg and Temporal side by side; fonts and the build once the packages are there.
 * @param {string} root
 * @param {Report} report
 * @param {AbortController} stop
 */
async function runAll(root, report, stop) {
  const { toolsFile, details } = await inspect(root)
  const context = { root, report, toolsFile, signal: stop.signal }
  const inPlace = new Map(STEPS.map((step, index) => [step, details[index] ?? null]))
  /** @type {(step: Step, packagesReady: Promise<void>) => Promise<void>} */
  const perform = async (step, packagesReady) => {
    report.begin(step.label)
    const detail = inPlace.get(step) ?? (await step.run({ ...context, packagesReady }))
    report.done(step.label, detail)
  }
  const packagesReady = perform(packages, Promise.resolve())
  const afterPackages = (/** @type {Step} */ step) => packagesReady.then(() => perform(step, packagesReady))
  const tasks = [
    packagesReady,
    perform(ffmpeg, packagesReady),
    perform(temporal, packagesReady),
    afterPackages(fonts),
    afterPackages(build),
  ]
  try {
    await firstFailureOrAll(tasks, stop)
  } finally {
    await toolsFile.save()
  }
}

/**
 * The first failure stops the other steps and is the one that is reported, once they have ended.
 * @param {Promise<void>[]} tasks
 * @param {AbortController} stop
 */
async function firstFailureOrAll(tasks, stop) {
  try {
    await Promise.all(tasks)
  } catch (error) {
    stop.abort()
    await Promise.allSettled(tasks)
    throw error
  }
}

/** @param {unknown} error */
function describeUnexpected(error) {
  const path = error instanceof Error && 'path' in error ? String(error.path) : 'a file'
  /** @type {Partial<Record<string, string>>} */
  const fixes = {
    ENOSPC: 'The disk is full. Free some space and run the command again.',
    EACCES: `No permission for ${path}. If an earlier run as root made it, remove it or run as root again.`,
    EROFS: `${path} is on a read-only file system. Run from a folder that can be written.`,
  }
  return fixes[codeOf(error) ?? ''] ?? `Set-up failed: ${messageOf(error)}`
}

/** @param {() => void} action */
function once(action) {
  let isFirst = true
  return () => {
    if (isFirst) action()
    isFirst = false
  }
}
