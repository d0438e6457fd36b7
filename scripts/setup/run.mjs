import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** A failure with a message for the user that says how to go on. */
export class SetupError extends Error {}

/**
 * Runs a command to its end and returns what it printed. Never throws: a command that isn't there has exit
 * code 127, as in a shell.
 */
export function run(command, args, { cwd, env = process.env, signal, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const signals = [signal, timeoutMs ? AbortSignal.timeout(timeoutMs) : undefined].filter(Boolean)
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signals.length > 0 ? { signal: AbortSignal.any(signals), killSignal: 'SIGTERM' } : {}),
    })
    let output = ''
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text))
    let failure = ''
    child.on('error', (error) => {
      failure = error.message
      // Killed by a signal of ours: 'close' follows. Never started: it doesn't.
      if (child.pid === undefined) resolve({ code: 127, stdout, output: failure })
    })
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, output: output || failure }))
  })
}

/** The file that a shell would run for the name, or null. */
export async function which(name, path = process.env.PATH ?? '') {
  for (const dir of path.split(delimiter).filter(Boolean)) {
    const file = join(dir, name)
    if (await isExecutable(file)) return file
  }
  return null
}

export async function isExecutable(file) {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}

export function lastLines(text, count) {
  return text.trim().split('\n').slice(-count).join('\n')
}
