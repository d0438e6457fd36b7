import cliProgress from 'cli-progress'

/**
 * @import { Job } from '../../src/http/console/answers.d.ts'
 * @import { Client } from '../platform/client.mjs'
 * @typedef {{ update: (job: Job) => void, stop: () => void }} View
 */

/**
 * Follows a job to its end with a bar for each quality; where the output is no terminal, with a line for each tenth.
 * @param {Client} client
 * @param {string} jobId
 */
export async function showEvents(client, jobId) {
  const view = process.stdout.isTTY ? createBars() : createLines()
  try {
    return await client.follow(jobId, view.update)
  } finally {
    view.stop()
  }
}

/** @returns {View} */
function createBars() {
  const format = '  {name} {bar} {percentage}%  {note}'
  const bars = new cliProgress.MultiBar(
    { format, hideCursor: true, clearOnComplete: false, emptyOnZero: true },
    cliProgress.Presets.shades_classic,
  )
  /** @type {Map<string, import('cli-progress').SingleBar>} */
  const byName = new Map()
  const barOf = (/** @type {string} */ name) => {
    const bar = byName.get(name) ?? bars.create(100, 0, { name: name.padEnd(6), note: '' })
    byName.set(name, bar)
    return bar
  }
  return {
    update: ({ renditions }) => {
      for (const { name, status, progress } of renditions) barOf(name).update(progress, { note: status })
    },
    stop: () => bars.stop(),
  }
}

/** @returns {View} */
function createLines() {
  /** @type {Map<string, string>} */
  const shown = new Map()
  return {
    update: ({ renditions }) => {
      for (const { name, status, progress } of renditions) {
        const line = `  ${name.padEnd(6)} ${String(Math.floor(progress / 10) * 10).padStart(3)}%  ${status}`
        if (shown.get(name) === line) continue
        shown.set(name, line)
        console.log(line)
      }
    },
    stop: () => undefined,
  }
}
