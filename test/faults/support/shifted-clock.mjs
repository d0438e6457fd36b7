// A stand-in for a jump of the clock, which no test may do to the machine's own: a preload for Node that shifts Date by
// the milliseconds in a file, whenever they change. Clocks that count elapsed time (timers, performance, hrtime) stay
// as they are, as the kernel's do. Only our JavaScript is shifted, not PostgreSQL, Temporal or files.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const FILE = process.env['SHIFTED_CLOCK'] ?? ''
const POLL_MS = 20

const RealDate = Date
let offsetMs = 0

const now = () => RealDate.now() + offsetMs

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => {
    /** @type {unknown} */
    const date = Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget)
    return /** @type {Date} */ (date)
  },
  apply: () => new RealDate(now()).toString(),
  /** @returns {unknown} */
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
})
RealDate.prototype.constructor = globalThis.Date

function adopt() {
  const wanted = Number(readFileSync(FILE, 'utf8'))
  if (wanted === offsetMs) return
  offsetMs = wanted
  if (!isMainThread) return
  // The test that shifts the clock waits for this.
  writeFileSync(`${FILE}.${process.pid}.new`, String(offsetMs))
  renameSync(`${FILE}.${process.pid}.new`, `${FILE}.${process.pid}`)
}

adopt()
setInterval(adopt, POLL_MS).unref()
