import type { Exchange } from '../exchange.js'
import type { Reply } from './reply.js'
import { sendEvents } from './send-events.js'
import { sendLocalFile, sendStoredFile } from './send-file.js'
import { sendPicture } from './send-picture.js'

/** Writes a handler's reply. For HEAD, Express and its `send` package leave out the body. */
export async function sendReply(exchange: Exchange, reply: Reply): Promise<void> {
  const { res } = exchange
  switch (reply.kind) {
    case 'json':
      // Clients may cache the answer but must revalidate it: a poll with the ETag then costs no body.
      res.set('Cache-Control', 'no-cache')
      for (const [name, value] of Object.entries(reply.headers)) {
        // Earlier middleware may have set `Vary` already.
        if (name === 'Vary') res.vary(value)
        else res.set(name, value)
      }
      res.status(reply.status).json(reply.body)
      return
    case 'file':
      return sendStoredFile(exchange, reply.file)
    case 'picture':
      return sendPicture(exchange, reply.picture)
    case 'page':
      res.setHeader('Content-Type', reply.contentType)
      res.setHeader('Content-Security-Policy', reply.contentSecurityPolicy)
      res.setHeader('Cache-Control', 'no-cache')
      if (reply.vary !== undefined) res.vary(reply.vary)
      if ('path' in reply.content) return sendLocalFile(exchange, reply.content.path)
      res.send(reply.content.text)
      return
    case 'events':
      sendEvents(exchange, reply)
      return
    case 'empty':
      res.set(reply.headers).status(reply.status).end()
  }
}
