import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readOrCreateLinkSecret } from '../../src/platform/link-secret.js'
import { tempDir } from './support.js'

describe('the secret of signed links', () => {
  test('is created once for all processes that start at the same moment, and only our user can read it', async () => {
    const dir = join(await tempDir(), 'data')
    const secrets = await Promise.all(Array.from({ length: 8 }, () => readOrCreateLinkSecret(dir)))
    expect(new Set(secrets).size).toBe(1)
    expect(Buffer.from(secrets[0] ?? '', 'base64url')).toHaveLength(32)
    expect(await readOrCreateLinkSecret(dir)).toBe(secrets[0])
    const file = join(dir, 'link-secret')
    expect(await readFile(file, 'utf8')).toBe(secrets[0])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('is never empty', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'link-secret'), '\n')
    await expect(readOrCreateLinkSecret(dir)).rejects.toThrow(/is empty\. Delete it/)
  })

  test('causes an error when it cannot be read, and is not replaced', async () => {
    const dir = await tempDir()
    await mkdir(join(dir, 'link-secret'))
    await expect(readOrCreateLinkSecret(dir)).rejects.toThrow('EISDIR')
  })
})
