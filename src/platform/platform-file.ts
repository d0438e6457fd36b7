import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Joi from 'joi'
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.js'

/** Addresses of the parts of a running platform. */
export interface PlatformInfo {
  readonly databaseUrl: string
  readonly temporalAddress: string
  readonly temporalUiUrl: string | null
  readonly apiUrl: string
}

const schema = Joi.object<PlatformInfo & ProcessIdentity, true>({
  pid: Joi.number().required(),
  birth: Joi.string().allow('').required(),
  databaseUrl: Joi.string().required(),
  temporalAddress: Joi.string().required(),
  temporalUiUrl: Joi.string().allow(null).required(),
  apiUrl: Joi.string().required(),
})

/** Tells other processes on this machine where we are. Only our user may read the file: it holds the password. */
export async function writePlatformFile(dataDir: string, info: PlatformInfo): Promise<void> {
  const file = platformFile(dataDir)
  const fresh = `${file}.${process.pid}`
  const content = JSON.stringify({ ...(await ownIdentity()), ...info }, null, 2)
  await rm(fresh, { force: true })
  await writeFile(fresh, content, { mode: 0o600 })
  await rename(fresh, file)
}

export async function removePlatformFile(dataDir: string): Promise<void> {
  await rm(platformFile(dataDir), { force: true })
}

/** @returns null when no platform is running on that folder */
export async function readPlatformFile(dataDir: string): Promise<PlatformInfo | null> {
  const text = await readFile(platformFile(dataDir), 'utf8').catch(() => null)
  if (text === null) return null
  const result = schema.validate(parse(text), { stripUnknown: true })
  if (result.error) return null
  const { pid, birth, ...info } = result.value
  return (await isRunning({ pid, birth })) ? info : null
}

function platformFile(dataDir: string): string {
  return join(dataDir, 'platform.json')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
