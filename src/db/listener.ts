import pg from 'pg'

/** Every migration and statement that notifies uses this channel. */
export const CHANNEL = 'cutroom'

const CONNECT_TIMEOUT_MS = 3_000
/** Waits between attempts: they double, and the last one is repeated. */
const FIRST_WAIT_MS = 100
const MAX_WAIT_MS = 5_000

interface ListenerDeps {
  readonly url: string
  readonly onNotice: (payload: string) => void
  /** The connection listens. Notices of before may have been lost. */
  readonly onConnect: () => void
  readonly onLoss: (error: Error) => void
}

/** A connection that receives notices of PostgreSQL, and is made again for as long as it is wanted. */
export interface Listener {
  /** Gives the connection up and makes another, because it seems to be dead. */
  renew(reason: Error): void
  close(): Promise<void>
}

export function startListener({ url, onNotice, onConnect, onLoss }: ListenerDeps): Listener {
  let isClosed = false
  let waitMs = FIRST_WAIT_MS
  let timer: NodeJS.Timeout | null = null
  let lose: (error: Error) => void = () => undefined

  const connect = () => {
    timer = null
    const client = new pg.Client({
      connectionString: url,
      application_name: 'cutroom-listener',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: CONNECT_TIMEOUT_MS,
    })
    let isLost = false
    lose = (error) => {
      if (isLost) return
      isLost = true
      discard(client)
      if (isClosed) return
      onLoss(error)
      timer = setTimeout(connect, waitMs * (0.5 + Math.random() / 2))
      waitMs = Math.min(MAX_WAIT_MS, waitMs * 2)
    }
    client.on('error', lose)
    client.on('end', () => lose(new Error('PostgreSQL has closed the connection')))
    client.on('notification', ({ payload }) => {
      if (!isLost) onNotice(payload ?? '')
    })
    listen(client).then(() => {
      if (isLost) return
      waitMs = FIRST_WAIT_MS
      onConnect()
    }, lose)
  }
  connect()
  return {
    renew: (reason) => lose(reason),
    close: () => {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      lose(new Error('it is not wanted any more'))
      return Promise.resolve()
    },
  }
}

async function listen(client: pg.Client): Promise<void> {
  await client.connect()
  await client.query(`LISTEN ${CHANNEL}`)
}

/** Without waiting for PostgreSQL, which may be what does not answer. */
function discard(client: pg.Client): void {
  client.removeAllListeners('notification')
  client.end().catch(() => undefined)
}
