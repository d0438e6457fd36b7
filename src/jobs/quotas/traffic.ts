import type { Logger } from 'pino'
import { AppError } from '../../errors.js'
import type { Owner } from '../model.js'
import type { UsageRepository } from '../ports/usage.js'
import type { StoredFile } from '../use-cases.js'

/** Counts the bytes of files that owners are sent, by days of UTC, for all processes together. */
export interface Traffic {
  /** The same file, whose bytes are counted when they are sent. Opening it throws `traffic-quota-exceeded`. */
  counted(owner: Owner, file: StoredFile): StoredFile
  sentToday(owner: Owner): Promise<number>
  /** Writes what this process has counted since the last time. */
  flush(): Promise<void>
}

interface TrafficDeps {
  readonly usage: UsageRepository
  readonly log: Logger
  /** null: no limit. */
  readonly bytesPerDay: number | null
  readonly now?: () => Date
}

/** What one owner was sent on one day. */
interface Count {
  readonly owner: Owner
  /** `2026-11-30` */
  readonly day: string
  /** Sum of all processes when it was last written or read; null: not yet. */
  writtenBytes: number | null
  /** Counted since then by this process. */
  newBytes: number
}

/** Segments are small and many: a row is written once for all of them within this time. */
const FLUSH_MS = 5000

/**
 * A download counts in full when it starts, so that many at once cannot pass the limit; what is not sent in the end is
 * taken off. Other processes are seen when this one writes: between two writes each of them may pass the limit.
 */
export function createTraffic(deps: TrafficDeps): Traffic {
  const { bytesPerDay, now = () => new Date() } = deps
  const counts = createCounts({ ...deps, now })
  const charge = async (owner: Owner, bytes: number): Promise<Count> => {
    const count = counts.of(owner)
    if (bytesPerDay !== null) {
      const written = count.writtenBytes ?? (await counts.write(count))
      if (written + count.newBytes + bytes > bytesPerDay) throw exceeded(bytesPerDay, now())
    }
    counts.add(count, bytes)
    return count
  }
  return {
    counted: (owner, file) => ({
      ...file,
      open: async (range) => {
        const bytes = range.end - range.start + 1
        const count = await charge(owner, bytes)
        try {
          const source = await file.open(range)
          source.once('close', () => counts.add(count, -unreadBytes(source, bytes)))
          return source
        } catch (error) {
          counts.add(count, -bytes)
          throw error
        }
      },
    }),
    sentToday: async (owner) => {
      const count = counts.of(owner)
      return (await counts.write(count)) + count.newBytes
    },
    flush: counts.flush,
  }
}

/** Counts in memory, which are written together, a while after the first of them has changed. */
function createCounts({ usage, log, bytesPerDay, now }: Required<TrafficDeps>) {
  const counts = new Map<string, Count>()
  let timer: NodeJS.Timeout | null = null
  const today = () => now().toISOString().slice(0, 10)
  const write = async (count: Count): Promise<number> => {
    const bytes = count.newBytes
    count.newBytes = 0
    try {
      count.writtenBytes = await usage.addSent(count.owner, count.day, bytes)
      return count.writtenBytes
    } catch (error) {
      count.newBytes += bytes
      throw error
    }
  }
  const flush = async () => {
    for (const [key, count] of counts) {
      if (count.newBytes !== 0) await write(count)
      else if (count.day !== today() || bytesPerDay === null) counts.delete(key)
    }
  }
  const plan = () => {
    timer ??= setTimeout(() => {
      timer = null
      flush().catch((error: unknown) => {
        log.warn({ err: error }, 'the bytes that were sent cannot be written, will keep trying')
        plan()
      })
    }, FLUSH_MS).unref()
  }
  return {
    write,
    flush,
    of: (owner: Owner): Count => {
      const key = `${today()} ${owner}`
      const count = counts.get(key) ?? { owner, day: today(), writtenBytes: null, newBytes: 0 }
      counts.set(key, count)
      return count
    },
    add: (count: Count, bytes: number) => {
      count.newBytes += bytes
      if (bytes !== 0) plan()
    },
  }
}

/** A source that does not tell what it has read counts as read. */
function unreadBytes(source: object, bytes: number): number {
  const read = 'bytesRead' in source && typeof source.bytesRead === 'number' ? source.bytesRead : bytes
  return Math.max(0, bytes - read)
}

function exceeded(limit: number, now: Date): AppError {
  const retryAfterSec = secondsToMidnight(now)
  return new AppError(
    'traffic-quota-exceeded',
    `At most ${limit} bytes of files are sent to one owner on one day of UTC, and this file would go beyond it. ` +
      'Try again after the time in Retry-After, or ask for a smaller range or output.',
    { retryAfterSec },
  )
}

/** When the next day of UTC begins. */
export function nextMidnight(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1))
}

function secondsToMidnight(now: Date): number {
  return Math.max(1, Math.ceil((nextMidnight(now).getTime() - now.getTime()) / 1000))
}
