import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, open, rm, rmdir, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { hasErrorCode } from '../../../src/errors.js'
import { type Platform, startPlatform } from '../../e2e/support/platform.js'

export const MIB = 1024 ** 2
const DISK_BYTES = 64 * MIB
/** Enough for the files of a few jobs. */
const INODES = 500

/** A platform whose media lie on a disk of their own that is small enough to fill up. */
export interface SmallDisk {
  readonly platform: Platform
  readonly freeBytes: () => Promise<number>
  /** Fills the disk with a file, but leaves this much room. */
  readonly fill: (leaveBytes?: number) => Promise<void>
  /** Makes files without contents until the disk has no room for another one. */
  readonly fillInodes: () => Promise<void>
  /** Removes what filled it. */
  readonly makeRoom: () => Promise<void>
}

/** The name of the file, or of the folder of files, that fills the disk. */
export const FILLER = 'filler'

/** Why a test is skipped: such a disk needs a machine that allows namespaces. */
export const WHY_NOT = 'no disk can be mounted here: unshare --user --mount does not work'

export async function canHaveSmallDisk(): Promise<boolean> {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-disk-'))
  const [command, ...args] = [...mounted(dir), 'true']
  const works = await promisify(execFile)(command, args).then(
    () => true,
    () => false,
  )
  await rmdir(dir)
  return works
}

export async function startOnSmallDisk(env: Readonly<Record<string, string>>): Promise<SmallDisk> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cutroom-full-'))
  const platform = await startPlatform({ dataDir, env, wrapper: mounted(join(dataDir, 'media')) })
  const filler = join(platform.mediaDir, FILLER)
  const freeBytes = async () => {
    const { bavail, bsize } = await statfs(platform.mediaDir)
    return bavail * bsize
  }
  return {
    platform,
    freeBytes,
    fill: async (leaveBytes = 0) => {
      const file = await open(filler, 'a')
      try {
        for (let left = Infinity; left > 0; left = (await freeBytes()) - leaveBytes) {
          await file.write(Buffer.alloc(Math.min(left, MIB)))
        }
      } catch (error) {
        if (!hasErrorCode(error, 'ENOSPC')) throw error
      } finally {
        await file.close()
      }
    },
    fillInodes: async () => {
      await mkdir(filler)
      try {
        for (let index = 0; index < INODES; index += 1) await writeFile(join(filler, String(index)), '')
      } catch (error) {
        if (!hasErrorCode(error, 'ENOSPC')) throw error
      }
    },
    makeRoom: () => rm(filler, { recursive: true }),
  }
}

const MOUNT = 'mkdir -p "$1" && mount -t tmpfs -o "size=$2,nr_inodes=$3" cutroom "$1" && shift 3 && exec "$@"'

/** Words that mount the disk for the command after them alone. */
function mounted(folder: string): string[] {
  return [
    ...['unshare', '--user', '--map-root-user', '--mount', '--'],
    ...['sh', '-c', MOUNT, 'sh', folder, String(DISK_BYTES), String(INODES)],
  ]
}
