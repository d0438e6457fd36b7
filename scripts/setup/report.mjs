const NOTICE_EVERY_MS = 15_000

/** @typedef {ReturnType<typeof createReport>} Report */

/**
 * Prints a line for each step that ends. While one runs: on a terminal, a line that counts seconds; elsewhere,
 * a line now and then, so that a log shows life and no cursor tricks.
 */
export function createReport(stream = process.stdout, env = process.env) {
  const isLive = stream.isTTY && !env.CI
  /** @type {Map<string, { since: number, status: string }>} */
  const running = new Map()
  let isStatusShown = false
  const clearStatus = () => {
    if (isStatusShown) stream.write('\r\x1b[2K')
    isStatusShown = false
  }
  /** @param {string} line */
  const print = (line) => {
    clearStatus()
    stream.write(`${line}\n`)
  }
  const tick = () => {
    if (running.size === 0) return
    const steps = [...running].map(describe)
    if (isLive) {
      clearStatus()
      stream.write(`… ${steps.join(', ')}`.slice(0, (stream.columns || 80) - 1))
      isStatusShown = true
      return
    }
    for (const step of steps) print(`… ${step}`)
  }
  const timer = setInterval(tick, isLive ? 1000 : NOTICE_EVERY_MS)
  timer.unref()
  return {
    print,
    begin: (/** @type {string} */ label) => {
      running.set(label, { since: performance.now(), status: '' })
      if (isLive) tick()
    },
    status: (/** @type {string} */ label, /** @type {string} */ status) => {
      const step = running.get(label)
      if (!step || step.status === status) return
      step.status = status
      if (isLive) tick()
      else print(`… ${label}: ${status}`)
    },
    done: (/** @type {string} */ label, /** @type {string} */ detail) => {
      const since = running.get(label)?.since ?? performance.now()
      running.delete(label)
      print(`✓ ${label.padEnd(16)} ${detail}  ${formatSeconds(performance.now() - since)}`)
      if (isLive) tick()
    },
    close: () => {
      clearInterval(timer)
      clearStatus()
    },
  }
}

/** @param {[label: string, step: { since: number, status: string }]} entry */
function describe([label, { since, status }]) {
  const seconds = Math.round((performance.now() - since) / 1000)
  return `${label}${status ? ` (${status})` : ''} ${seconds} s`
}

/** @param {number} ms */
export function formatSeconds(ms) {
  return ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}
