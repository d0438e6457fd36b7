import type { Owner } from '../model.js'
import type { ApiKeysRepository } from '../ports/repositories.js'
import { type ApiKey, hashSecret, newKey, parseKey, type Scope, writeKey } from './api-key.js'

export interface NewKeyRequest {
  readonly owner: Owner
  readonly scopes: readonly Scope[]
  /** null: never. */
  readonly expiresAt: Date | null
}

/** `text`: the key itself, which nobody can tell again. */
export async function createKey(
  keys: ApiKeysRepository,
  { owner, scopes, expiresAt }: NewKeyRequest,
  now = new Date(),
): Promise<{ readonly text: string; readonly key: ApiKey }> {
  const presented = newKey()
  const key: ApiKey = {
    id: presented.id,
    owner,
    scopes,
    secretHash: hashSecret(presented.secret),
    createdAt: now,
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
  }
  await keys.insert(key)
  return { text: writeKey(presented), key }
}

/**
 * By its id or by the key itself, as whoever found one somewhere has it.
 * @returns null when there is no such key
 */
export async function revokeKey(
  keys: ApiKeysRepository,
  idOrKey: string,
  now = new Date(),
): Promise<ApiKey | null> {
  const id = parseKey(idOrKey)?.id ?? idOrKey.replace(/^cut_/, '')
  return keys.revoke(id, now)
}
