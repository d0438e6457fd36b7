import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { JobId, Owner } from '../jobs/model.js'
import type { Changes } from '../jobs/ports/changes.js'
import type { Database } from './database.js'
import { CHANNEL, type Listener, startListener } from './listener.js'

/** While notices do not arrive, everyone is called this often. */
const POLL_MS = 1_000
/** A notice to ourselves goes this often through the pool, and has to come back before the next is due. */
const PROBE_MS = 20_000

export interface ClosableChanges extends Changes {
  close(): Promise<void>
}

/** Each follower by what it follows: the payload of the notices that it is called for. */
export function createChanges(database: Database, log: Logger): ClosableChanges {
  const followers = createFollowers()
  const hearing = createHearing(database, log, followers)
  const follow = (name: string, onChange: () => void) => {
    hearing.begin()
    return followers.add(name, onChange)
  }
  return {
    followEvents: (owner: Owner, onChange) => follow(`events:${owner}`, onChange),
    followJob: (id: JobId, onChange) => follow(`job:${id}`, onChange),
    close: hearing.close,
  }
}

/**
 * Hears of changes by `NOTIFY`, over one connection of this process, which is made for the first follower. Whether notices
 * arrive is tried out, because they silently do not through a pooler that gives each transaction another connection. As
 * long as they do not, everyone is called once a second, so that followers read what there is.
 */
function createHearing({ url, sequelize }: Database, log: Logger, followers: Followers) {
  let listener: Listener | null = null
  let timer: NodeJS.Timeout | undefined
  let isHeard = false
  const probe = createProbe(sequelize)

  /** While PostgreSQL cannot be asked at all, nobody is called. */
  const look = async () => {
    if (isHeard && probe.isAwaited()) listener?.renew(new Error('a notice did not arrive'))
    try {
      await probe.send()
      if (!isHeard) followers.callAll()
    } catch (error) {
      if (isHeard) listener?.renew(error instanceof Error ? error : new Error(String(error)))
    }
    if (listener !== null) plan()
  }
  const plan = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), isHeard ? PROBE_MS : POLL_MS)
  }
  const onNotice = (payload: string) => {
    if (!probe.hasArrived(payload)) followers.call(payload)
    else if (!isHeard) begun()
  }
  const begun = () => {
    isHeard = true
    log.info('PostgreSQL tells of changes')
    // What was written while nothing was heard.
    followers.callAll()
    plan()
  }
  const onLoss = (error: Error) => {
    if (isHeard) log.warn({ err: error }, 'PostgreSQL does not tell of changes, will look once a second')
    isHeard = false
    probe.forget()
    plan()
  }
  return {
    begin: () => {
      if (listener !== null) return
      const onConnect = () => void probe.send().catch(() => undefined)
      listener = startListener({ url, onNotice, onConnect, onLoss })
      plan()
    },
    close: async () => {
      clearTimeout(timer)
      const closing = listener?.close()
      listener = null
      await closing
    },
  }
}

/** A notice to ourselves. */
function createProbe(sequelize: Database['sequelize']) {
  let awaited: string | null = null
  const forget = () => {
    awaited = null
  }
  return {
    forget,
    isAwaited: () => awaited !== null,
    async send(): Promise<void> {
      awaited = `probe:${randomUUID()}`
      await sequelize.query('SELECT pg_notify($channel, $awaited)', { bind: { channel: CHANNEL, awaited } })
    },
    hasArrived(payload: string): boolean {
      if (payload !== awaited) return false
      forget()
      return true
    },
  }
}

type Followers = ReturnType<typeof createFollowers>

function createFollowers() {
  const byName = new Map<string, Set<() => void>>()
  return {
    add(name: string, onChange: () => void): () => void {
      const all = byName.get(name) ?? new Set()
      byName.set(name, all.add(onChange))
      return () => {
        all.delete(onChange)
        if (all.size === 0 && byName.get(name) === all) byName.delete(name)
      }
    },
    call(name: string): void {
      for (const onChange of byName.get(name) ?? []) onChange()
    },
    callAll(): void {
      for (const all of byName.values()) for (const onChange of all) onChange()
    },
  }
}
