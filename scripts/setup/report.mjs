const NOTICE_EVERY_MS = 15_000

/**
 * Prints a line for each step that ends. While one runs: on a terminal, a line that counts seconds; elsewhere,
 * a line now and then, so that a log shows life and no cursor tricks.
 */
export function createReport(stream = process.stdout, env = process.env) {
  const isLive = Boolean(stream.isTTY) && !env.CI
  const running = new Map()
  let isStatusShown = false
  const clearStatus = () => {
    if (isStatusShown) stream.write('\r\x1b[2K')
    isStatusShown = false
  }
  const print = (line) => {
    clearStatus()
    stream.write(`${line}\n`)
  }
  const describe = ([label, { since, status }]) =>
    `${label}${status ? ` (${status})` : ''} ${Math.round((performance.now() - since) / 1000)} s`
  const tick = () => {
    if (running.size === 0) return
    if (isLive) {
      const text = `… ${[...running].map(describe).join(', ')}`
      clearStatus()
      stream.write(text.slice(0, (stream.columns || 80) - 1))
      isStatusShown = true
      return
    }
    for (const step of running) print(`… ${describe(step)}`)
  }
  const timer = setInterval(tick, isLive ? 1000 : NOTICE_EVERY_MS)
  timer.unref()
  return {
    print,
    begin(label) {
      running.set(label, { since: performance.now(), status: '' })
      if (isLive) tick()
    },
    status(label, status) {
      const step = running.get(label)
      if (!step || step.status === status) return
      step.status = status
      if (isLive) tick()
      else print(`… ${label}: ${status}`)
    },
    done(label, detail) {
      const since = running.get(label)?.since ?? performance.now()
      running.delete(label)
      print(`✓ ${label.padEnd(16)} ${detail}  ${formatSeconds(performance.now() - since)}`)
      if (isLive) tick()
    },
    close() {
      clearInterval(timer)
      clearStatus()
    },
  }
}

export function formatSeconds(ms) {
  return ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}
