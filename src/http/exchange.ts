import type { Request, Response } from 'express'

/** One request and its response, for the few places that work below JSON: body readers and the reply writers. */
export interface Exchange {
  readonly req: Request
  readonly res: Response
}
