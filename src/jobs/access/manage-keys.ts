import type { Owner } from '../model.js'
import type { ApiKeysRepository } from '../ports/repositories.js'
import { type ApiKey, hashSecret, newKey, parseKey, type Scope, writeKey } from './api-key.js'

export interface NewKeyRequest {
  readonly owner: Owner
  readonly scopes: readonly Scope[]
  /** null: never. */
  readonly expiresAt: Date | null
}

/** Creates a key. `text` is the key itself, which cannot be shown again. */
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
 * Revokes a key, given its id or the key itself, which may have been found somewhere.
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
