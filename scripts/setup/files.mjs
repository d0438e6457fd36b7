import { readdir, readFile } from 'node:fs/promises'

/**
 * @param {string} text
 * @returns {unknown}
 */
export function parseJson(text) {
  return JSON.parse(text)
}

/**
 * The contents of a JSON file.
 * @param {string} file
 * @returns {Promise<unknown>} null when the file is missing or damaged
 */
export async function readJson(file) {
  try {
    return parseJson(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * The names of what is in a folder.
 * @param {string} dir
 * @returns {Promise<string[]>} none when there is no such folder
 */
export function namesIn(dir) {
  return readdir(dir).catch(() => [])
}
