import { symlink } from 'node:fs/promises'
import type { LinkCalls } from '../../../src/storage/local-store.js'

/**
 * Fails as link(2) does on FAT, exFAT and others. STANDS IN for a file system without hard links, which few machines
 * have.
 */
function refuse(call: string): Promise<never> {
  const error = new Error(`EPERM: operation not permitted, ${call} '/srv/media/work/a' -> '/srv/media/a'`)
  return Promise.reject(Object.assign(error, { code: 'EPERM', syscall: call }))
}

export const WITHOUT_HARD_LINKS: LinkCalls = { link: () => refuse('link'), symlink }

export const WITHOUT_LINKS: LinkCalls = { link: () => refuse('link'), symlink: () => refuse('symlink') }
