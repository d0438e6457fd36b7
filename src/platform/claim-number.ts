import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import { hasErrorCode } from '../errors.js'

const MAX_NUMBER = 1000

export interface ClaimedNumber {
  /** From 1. */
  readonly number: number
  readonly release: () => void
}

/**
 * Claims the lowest number that no other process of this machine holds in the scope. It is held until it is released
 * or the process has ended, however it ends: the number is the name of an abstract socket, which the kernel takes
 * back. So a process that is started in the place of another gets the same number, and no two that run ever share
 * one. Containers have sockets, and so numbers, of their own. null: this system has no abstract sockets; only Linux
 * does.
 */
export async function claimNumber(scope: string): Promise<ClaimedNumber | null> {
  if (process.platform !== 'linux') return null
  const prefix = `\0cutroom-${createHash('sha256').update(scope).digest('hex').slice(0, 16)}-`
  for (let number = 1; number <= MAX_NUMBER; number += 1) {
    const release = await tryListen(`${prefix}${number}`)
    if (release === 'refused') return null
    if (release !== 'taken') return { number, release }
  }
  return null
}

function tryListen(path: string): Promise<(() => void) | 'taken' | 'refused'> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error) => resolve(hasErrorCode(error, 'EADDRINUSE') ? 'taken' : 'refused'))
    server.listen(path, () => {
      server.unref()
      resolve(() => server.close())
    })
  })
}
