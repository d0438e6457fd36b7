import { mkdir, realpath } from 'node:fs/promises'

/** Name of the folder below the root that contains the work folders. No key may begin with it. */
export const WORK = 'work'

/** Only the service's own user may look into work folders. */
export const WORK_MODE = 0o700

/** The real path of the root, which is created when it is absent. It may be a link, to another disk for instance. */
export async function openRoot(root: string): Promise<string> {
  await mkdir(root, { recursive: true })
  return realpath(root)
}
