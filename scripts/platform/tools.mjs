import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { readJson } from '../setup/files.mjs'

export const ROOT = resolve(import.meta.dirname, '../..')

/** What set-up found. */
const found = /** @type {Partial<import('../setup/types.d.ts').Tools> | null} */ (
  await readJson(join(ROOT, 'dist/tools.json'))
)
export const FFMPEG = process.env.FFMPEG_PATH || found?.ffmpeg || 'ffmpeg'
const FFPROBE = process.env.FFPROBE_PATH || found?.ffprobe || 'ffprobe'

const FFMPEG_BASE = ['-hide_banner', '-nostdin', '-y', '-loglevel', 'error']

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Record<string, string>} [env] set on top of our own environment
 * @property {(pid: number) => void} [onPid] called with the id of the process
 */

/**
 * Runs ffmpeg to its end.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} what it wrote to stdout
 * @throws Error with the end of its stderr when it fails
 */
export function ffmpeg(args, options = {}) {
  return run(FFMPEG, [...FFMPEG_BASE, ...args], options)
}

/**
 * Runs ffprobe to its end, as `ffmpeg` does.
 * @param {readonly string[]} args
 */
export function ffprobe(args) {
  return run(FFPROBE, ['-v', 'error', ...args])
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} what it wrote to stdout
 * @throws Error with the end of its stderr when it does not end with 0
 */
export function run(command, args, { cwd, env, onPid } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (child.pid !== undefined) onPid?.(child.pid)
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stderr = (stderr + text).slice(-4000)
    })
    child.once('error', fail)
    child.once('close', (code) => {
      if (code === 0) done(stdout)
      else fail(new Error(`${command} ended with ${code}: ${stderr.trim()}`))
    })
  })
}
