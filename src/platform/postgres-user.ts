import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, lstat, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isOutOfResources } from '../errors.js'
import type { PostgresBinaries } from './postgres-binaries.js'

/** The command that PostgreSQL, which refuses to run as root, is run under. */
export interface PostgresUser {
  readonly wrapper: readonly string[]
}

interface Candidate {
  readonly uid: number
  readonly gid: number
  readonly wrapper: readonly string[]
}

const NOBODY = 65_534

/**
 * Finds a way to run the server, and gives the folder to the user that it runs as. An ordinary user needs nothing.
 * Root tries in order:
 * - user 1000 of a user namespace, who is still root outside, and so for file permissions;
 * - a system user that keeps the one capability of root that lets it enter root's folders.
 */
export async function choosePostgresUser(binaries: PostgresBinaries, dir: string): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { wrapper: [] }
  for (const candidate of await candidates()) {
    if (!(await canRun(candidate, binaries, dirname(dir)))) continue
    await giveTo(candidate, dir)
    return { wrapper: candidate.wrapper }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and no way to run it as another user works here (tried: a user ' +
      'namespace with unshare, the users postgres and nobody with setpriv). Start Cutroom as an ordinary user, ' +
      'or set DATABASE_URL to your own PostgreSQL server.',
  )
}

async function candidates(): Promise<Candidate[]> {
  const postgres = await systemUser('postgres')
  return [
    {
      uid: 0,
      gid: 0,
      wrapper: ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'],
    },
    ...(postgres ? [{ ...postgres, wrapper: becomeUser(postgres.uid, postgres.gid) }] : []),
    { uid: NOBODY, gid: NOBODY, wrapper: becomeUser(NOBODY, NOBODY) },
  ]
}

/** PostgreSQL checks its own files with access(2), which ignores capabilities unless `no_setuid_fixup` is set. */
function becomeUser(uid: number, gid: number): string[] {
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ]
}

/** Runs the binary itself from the data folder, because either may be closed to that user. */
async function canRun({ wrapper }: Candidate, { postgres }: PostgresBinaries, dir: string): Promise<boolean> {
  const args = [...wrapper, 'sh', '-c', 'cd "$1" && "$2" --version', 'sh', dir, postgres]
  try {
    const child = spawn('env', args, { stdio: 'ignore' })
    await once(child, 'exit')
    return child.exitCode === 0
  } catch (error) {
    if (isOutOfResources(error)) throw error
    return false
  }
}

async function giveTo(user: Candidate, path: string): Promise<void> {
  const stat = await lstat(path)
  if (stat.uid === user.uid && stat.gid === user.gid && !stat.isDirectory()) return
  await chown(path, user.uid, user.gid)
  if (!stat.isDirectory()) return
  for (const name of await readdir(path)) await giveTo(user, join(path, name))
}

async function systemUser(name: string): Promise<{ uid: number; gid: number } | null> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([login]) => login === name)
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null
}
