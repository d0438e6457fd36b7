import cliProgress from 'cli-progress'

/** Follows a job with a bar for each quality; where the output is no terminal, a line for each tenth. */
export async function showEvents(client, jobId) {
  const view = process.stdout.isTTY ? createBars() : createLines()
  try {
    return await client.follow(jobId, view.update)
  } finally {
    view.stop()
  }
}

function createBars() {
  const format = '  {name} {bar} {percentage}%  {note}'
  const bars = new cliProgress.MultiBar(
    { format, hideCursor: true, clearOnComplete: false, emptyOnZero: true },
    cliProgress.Presets.shades_classic,
  )
  const byName = new Map()
  return {
    update({ renditions }) {
      for (const { name, status, progress } of renditions) {
        if (!byName.has(name)) byName.set(name, bars.create(100, 0, { name: name.padEnd(6), note: '' }))
        byName.get(name).update(progress, { note: status })
      }
    },
    stop: () => bars.stop(),
  }
}

function createLines() {
  const shown = new Map()
  return {
    update({ renditions }) {
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
