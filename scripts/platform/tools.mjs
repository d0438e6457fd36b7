import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

const found = readTools()
export const FFMPEG = process.env.FFMPEG_PATH || found.ffmpeg || 'ffmpeg'
export const FFPROBE = process.env.FFPROBE_PATH || found.ffprobe || 'ffprobe'

/** Those that set-up found. */
function readTools() {
  try {
    return JSON.parse(readFileSync(join(ROOT, 'dist/tools.json'), 'utf8'))
  } catch {
    return {}
  }
}

const FFMPEG_BASE = ['-hide_banner', '-nostdin', '-y', '-loglevel', 'error']

/** Runs ffmpeg to its end. @returns what it wrote to stdout; throws with its complaint when it fails */
export function ffmpeg(args, options = {}) {
  return run(FFMPEG, [...FFMPEG_BASE, ...args], options)
}

export function ffprobe(args) {
  return run(FFPROBE, ['-v', 'error', ...args])
}

/**
 * Runs a program to its end and resolves to its stdout.
 * @throws Error with the end of its stderr when it does not end with 0
 */
export function run(command, args, { cwd, env, onPid = () => undefined } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (child.pid !== undefined) onPid(child.pid)
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr = (stderr + chunk).slice(-4000)))
    child.once('error', fail)
    child.once('close', (code) => {
      if (code === 0) done(stdout)
      else fail(new Error(`${command} ended with ${code}: ${stderr.trim()}`))
    })
  })
}
