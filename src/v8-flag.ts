import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Exit code of Node for an option that neither it nor V8 knows. */
const BAD_OPTION = 9

/**
 * Whether the V8 of this Node knows a flag (`--no-opt`). Setting an unknown flag at run time changes nothing and throws
 * nothing, so another Node process is asked. True when none can be started.
 */
export async function knowsV8Flag(flag: string): Promise<boolean> {
  try {
    await promisify(execFile)(process.execPath, [flag, '--version'])
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === BAD_OPTION)
  }
}
