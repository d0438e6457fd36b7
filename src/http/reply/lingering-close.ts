import type { Request, Response } from 'express'

const LINGER_MS = 2_000

/**
 * Answers a client that is still sending its body. Closing at once would reset the connection before the client has
 * read the answer, so what it sends is read and discarded for a moment before the connection closes.
 * https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
export function endLingering(req: Request, res: Response, body: Buffer): void {
  res.set('Connection', 'close')
  res.write(body)
  const finish = () => {
    clearTimeout(timer)
    res.end()
  }
  const timer = setTimeout(finish, LINGER_MS)
  req.once('end', finish).once('close', finish)
  req.on('error', () => undefined)
  req.resume()
}
