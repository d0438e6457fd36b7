import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Joi from 'joi'

/** The folder of package.json, found upwards from here, as source and build are at different depths. */
export const PACKAGE_ROOT = findRoot(dirname(fileURLToPath(import.meta.url)))

export const VERSION = readVersion()

function findRoot(dir: string): string {
  if (existsSync(join(dir, 'package.json'))) return dir
  const parent = dirname(dir)
  if (parent === dir) throw new Error('package.json is missing')
  return findRoot(parent)
}

function readVersion(): string {
  const schema = Joi.object<{ version: string }>({ version: Joi.string().required() }).unknown(true)
  const text = readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')
  return Joi.attempt<Joi.ObjectSchema<{ version: string }>>(JSON.parse(text), schema).version
}
