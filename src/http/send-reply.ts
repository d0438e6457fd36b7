import type { Reply } from './reply.js'
import type { Exchange } from './route.js'
import { sendEvents } from './send-events.js'
import { sendLocalFile, sendStoredFile } from './send-file.js'

/** Writes a handler's reply. For HEAD, Express and `send` leave out the body. */
export async function sendReply(exchange: Pick<Exchange, 'req' | 'res'>, reply: Reply): Promise<void> {
  const { res } = exchange
  switch (reply.kind) {
    case 'json':
      // Kept, but asked for again each time: the ETag then saves a poll its body.
      res.set('Cache-Control', 'no-cache')
      for (const [name, value] of Object.entries(reply.headers)) {
        // Besides what it varies by already.
        if (name === 'Vary') res.vary(value)
        else res.set(name, value)
      }
      res.status(reply.status).json(reply.body)
      return
    case 'file':
      return sendStoredFile(exchange, reply.file)
    case 'page':
      res.setHeader('Content-Type', reply.contentType)
      res.setHeader('Content-Security-Policy', reply.contentSecurityPolicy)
      res.setHeader('Cache-Control', 'no-cache')
      if ('path' in reply.content) return sendLocalFile(exchange, reply.content.path)
      res.send(reply.content.text)
      return
    case 'events':
      sendEvents(exchange, reply)
      return
    case 'empty':
      res.status(204).end()
  }
}
