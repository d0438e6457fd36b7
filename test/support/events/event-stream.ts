import { get, type IncomingMessage } from 'node:http'
import { setImmediate } from 'node:timers/promises'

export interface ReceivedEvent {
  readonly id: string
  readonly type: string
  readonly data: Record<string, unknown>
}

/** A minimal client of server-sent events, for tests. */
export interface EventStream {
  readonly response: IncomingMessage
  /** Everything that has come so far. */
  readonly text: () => string
  readonly events: () => ReceivedEvent[]
  readonly types: () => string[]
  /** Settles when the server has ended the stream; fails when the stream was cut. */
  readonly ended: Promise<void>
  /** Disconnects, as a closed tab does. */
  readonly leave: () => void
}

export function openEvents(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      const ended = new Promise<void>((settle, fail) => {
        response.once('end', settle).once('error', fail).once('close', settle)
      })
      ended.catch(() => undefined)
      const events = () => parseEvents(text)
      const types = () => events().map(({ type }) => type)
      resolve({ response, text: () => text, events, types, ended, leave: () => response.destroy() })
    })
      .on('error', reject)
      .once('close', () => reject(new Error('the connection was closed before an answer')))
  })
}

/** Whole events only: the last one may not have arrived completely. */
function parseEvents(text: string): ReceivedEvent[] {
  return text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => {
      const fields = new Map(
        block.split('\n').map((line) => [line.split(': ', 1)[0], line.replace(/^\w*: /, '')]),
      )
      const data = fields.get('data')
      if (data === undefined) return []
      return [
        {
          id: fields.get('id') ?? '',
          type: fields.get('event') ?? '',
          data: JSON.parse(data) as Record<string, unknown>,
        },
      ]
    })
}

/** Lets everything arrive that is on its way through promises and sockets of this process. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate()
}
