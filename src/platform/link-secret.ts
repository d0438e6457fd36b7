import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasErrorCode } from '../errors.js'

const FILE = 'link-secret'
const SECRET_BYTES = 32

/**
 * Reads the secret that links are signed with from the data folder, and creates it if there is none. All API processes
 * of the folder use the same one, so that each accepts the links of the others. Only our user may read the file.
 */
export async function readOrCreateLinkSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, FILE)
  const saved = await readSecret(file)
  if (saved !== null) return saved
  await mkdir(dataDir, { recursive: true })
  const fresh = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(fresh, randomBytes(SECRET_BYTES).toString('base64url'), { mode: 0o600, flush: true })
  try {
    await link(fresh, file)
  } catch (error) {
    // Another process was faster: its secret is used.
    if (!hasErrorCode(error, 'EEXIST')) throw error
  } finally {
    await rm(fresh, { force: true })
  }
  const secret = await readSecret(file)
  if (secret === null)
    throw new Error(`${file} is empty. Delete it: a new secret is created at the next start.`)
  return secret
}

async function readSecret(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim() || null
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return null
    throw error
  }
}
