import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** node's exit code for an option that neither it nor V8 knows. */
const BAD_OPTION = 9

/**
 * Whether the V8 of this Node knows a flag, such as `--no-opt`. Setting an unknown one at run time changes nothing and
 * throws nothing, so a new Node is asked. True when it cannot be asked.
 */
export async function knowsV8Flag(flag: string): Promise<boolean> {
  try {
    await promisify(execFile)(process.execPath, [flag, '--version'])
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === BAD_OPTION)
  }
}
