import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import { type ApiKey, hasSecret, type KeyHolder, keyState, parseKey } from './api-key.js'
type AuthenticateDeps = Pick<JobsDeps, 'repositories' | 'log'>

/** Milliseconds between two notes of the use of a key. */
const NOTE_INTERVAL_MS = 60_000

/**
 * Looks the key up each time, so that a revoked key is refused at once.
 * @throws AppError `unauthenticated`; only senders who have the secret are told what is wrong with the key
 */
export async function authenticate(
  deps: AuthenticateDeps,
  text: string,
  now = new Date(),
): Promise<KeyHolder> {
  const presented = parseKey(text)
  const key = presented && (await deps.repositories.apiKeys.get(presented.id))
  if (!presented || !key || !hasSecret(key, presented.secret)) {
    throw new AppError('unauthenticated', 'The API key is unknown.')
  }
  const state = keyState(key, now)
  if (state !== 'active') {
    throw new AppError('unauthenticated', `The API key is ${state}. Ask the operator for a new one.`)
  }
  await noteUse(deps, key, now)
  return { keyId: key.id, owner: key.owner, scopes: key.scopes }
}

/** If noting the use fails, the request is not refused. */
async function noteUse({ repositories, log }: AuthenticateDeps, key: ApiKey, now: Date): Promise<void> {
  const before = new Date(now.getTime() - NOTE_INTERVAL_MS)
  if (key.lastUsedAt !== null && key.lastUsedAt > before) return
  await repositories.apiKeys.noteUse(key.id, now, before).catch((error: unknown) => {
    log.warn({ err: error, key: key.id }, 'the use of a key could not be noted')
  })
}
