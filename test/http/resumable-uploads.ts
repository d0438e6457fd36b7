import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Owner } from '../../src/jobs/model.js'
import type { UploadId } from '../../src/jobs/uploads/upload.js'
import { useGuardedServer } from './guarded-server.js'

export const MAX_BYTES = 3_000_000
export const OURS = 'https://app.example'
export const [ALICE, BOB] = ['alice' as Owner, 'bob' as Owner]
const TUS = { 'Tus-Resumable': '1.0.0' }
const BYTES = { ...TUS, 'Content-Type': 'application/offset+octet-stream' }

/** A server that requires keys, and calls of its resumable uploads, for all tests of a file. */
export function useUploads() {
  const server = useGuardedServer({ maxUploadBytes: MAX_BYTES, corsOrigins: [OURS] })
  const keys = new Map<Owner, Promise<string>>()
  const keyOf = (owner: Owner) => {
    const key = keys.get(owner) ?? server().key(owner, 'read', 'write')
    keys.set(owner, key)
    return key
  }
  const call = (path: string, method: string, headers: Record<string, string> = TUS, body?: Buffer) =>
    server().fetch(path, null, { method, headers, ...(body && { body: new Uint8Array(body) }) })
  const patch = (path: string, offset: number, body: Buffer, headers: Record<string, string> = {}) =>
    call(path, 'PATCH', { ...BYTES, 'Upload-Offset': String(offset), ...headers }, body)
  const begin = async (body: object, owner = ALICE, headers: Record<string, string> = {}) =>
    server().fetch('/api/v1/uploads', await keyOf(owner), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return {
    server,
    keyOf,
    call,
    patch,
    begin,
    offsetOf: async (path: string) => Number((await call(path, 'HEAD')).headers.get('upload-offset')),
    /** Begins an upload with JSON and returns its URL. */
    urlOf: async (body: object, owner = ALICE) => {
      const response = await begin(body, owner)
      expect(response.status).toBe(201)
      return response.headers.get('location') ?? ''
    },
    beginTus: async (headers: Record<string, string>, owner = ALICE) =>
      server().fetch('/api/v1/uploads', await keyOf(owner), {
        method: 'POST',
        headers: { ...TUS, ...headers },
      }),
    storedBytes: async (videoId: string | null) => {
      const video = await server().world.deps.repositories.videos.getByFilename(ALICE, `${videoId}.mp4`)
      return readFile(join(server().mediaDir, video?.filePath ?? ''))
    },
    /** What lies in the store of unfinished uploads. */
    filesOf: async (...urls: readonly string[]) => {
      const files = await server().world.files()
      return files.filter((file) => urls.some((url) => file.includes(idIn(url))))
    },
  }
}

export function idIn(url: string): UploadId {
  return (/resumable\/([^.]+)/.exec(url)?.[1] ?? '') as UploadId
}
