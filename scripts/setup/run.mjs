import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {AbortSignal} [signal] stops the command
 * @property {number} [timeoutMs] stops the command after that time
 */

/**
 * Runs a command to its end and returns what it printed. Never throws: a command that isn't there has exit
 * code 127, as in a shell.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>} `output`: stdout and stderr
 */
export function run(command, args, { cwd, env = process.env, signal, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const signals = [signal, timeoutMs ? AbortSignal.timeout(timeoutMs) : undefined].filter((one) => !!one)
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signals.length > 0 ? { signal: AbortSignal.any(signals), killSignal: 'SIGTERM' } : {}),
    })
    let output = ''
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stdout += text
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text))
    let failure = ''
    child.on('error', (error) => {
      failure = error.message
      // After a kill by our signal, 'close' follows. After a start that failed, it doesn't.
      if (child.pid === undefined) resolve({ code: 127, stdout, output: failure })
    })
    child.on('close', (code) => {
      resolve({ code: code ?? 1, stdout, output: output || failure })
    })
  })
}

/**
 * The file that a shell would run for the name, or null.
 * @param {string} name
 */
export async function which(name, path = process.env.PATH ?? '') {
  for (const dir of path.split(delimiter).filter(Boolean)) {
    const file = join(dir, name)
    if (await isExecutable(file)) return file
  }
  return null
}

/** @param {string} file */
export async function isExecutable(file) {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}

/**
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
  return text.trim().split('\n').slice(-count).join('\n')
}
