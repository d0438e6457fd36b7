import { createHash, randomBytes } from 'node:crypto'
import type { Owner } from '../model.js'
import { isSameSecret } from './same-secret.js'

/** `read` reads, `write` creates, changes and deletes, `admin` may do all of that and sees what operators see. */
export const SCOPES = ['read', 'write', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

/** A key as it is stored. Somebody who reads all rows still has no usable key. */
export interface ApiKey {
  /** The public part of the key: 16 hexadecimal digits. */
  readonly id: string
  readonly owner: Owner
  readonly scopes: readonly Scope[]
  /** SHA-256 of the secret, hexadecimal. The secret is random, so it needs no slow hash. */
  readonly secretHash: string
  readonly createdAt: Date
  /** null: never. */
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  /** Exact to a minute. */
  readonly lastUsedAt: Date | null
}

/** A key as its owner sends it: `cut_<id>_<secret>`. */
export interface PresentedKey {
  readonly id: string
  readonly secret: string
}

const ID_BYTES = 8
/** 256 bits, which cannot be guessed. */
const SECRET_BYTES = 32
const KEY = /^cut_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/

/** Owners are part of storage keys and signed links, so few characters are allowed. */
const OWNER_PATTERN = /^[a-z0-9][a-z0-9_-]{0,63}$/

export function isOwner(text: string): text is Owner {
  return OWNER_PATTERN.test(text)
}

export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text)
}

export function newKey(): PresentedKey {
  return {
    id: randomBytes(ID_BYTES).toString('hex'),
    secret: randomBytes(SECRET_BYTES).toString('base64url'),
  }
}

export function writeKey({ id, secret }: PresentedKey): string {
  return `cut_${id}_${secret}`
}

/** Returns null when the text is not a key. */
export function parseKey(text: string): PresentedKey | null {
  const [, id, secret] = KEY.exec(text) ?? []
  return id === undefined || secret === undefined ? null : { id, secret }
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

export function hasSecret(key: Pick<ApiKey, 'secretHash'>, secret: string): boolean {
  return isSameSecret(hashSecret(secret), key.secretHash)
}

export type KeyState = 'active' | 'expired' | 'revoked'

export function keyState({ revokedAt, expiresAt }: ApiKey, now: Date): KeyState {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active'
}

/** Whether a key with these scopes may do something that needs the given scope. */
export function covers(scopes: readonly Scope[], needed: Scope): boolean {
  return scopes.includes('admin') || scopes.includes(needed)
}

/** Sender of a request, proven by a key. */
export interface KeyHolder {
  readonly keyId: string
  readonly owner: Owner
  readonly scopes: readonly Scope[]
}
