import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readJson } from './files.mjs'

/**
 * dist/tools.json: which ffmpeg, ffprobe and temporal the processes use when the environment doesn't say
 * (src/platform/tools.ts reads it), and which binaries were tried, so that the next set-up needn't run them.
 * @param {string} root
 * @returns {Promise<import('./types.d.ts').ToolsFile>}
 */
export async function openToolsFile(root) {
  const file = join(root, 'dist', 'tools.json')
  const saved = /** @type {Partial<import('./types.d.ts').Tools> | null} */ (await readJson(file))
  const tools = { ...saved, tried: { ...saved?.tried } }
  return {
    tools,
    recall: async (path) => {
      const verdict = tools.tried[path]
      return verdict && verdict.fingerprint === (await fingerprint(path)) ? verdict : undefined
    },
    remember: async (path, verdict) => {
      tools.tried[path] = { ...verdict, fingerprint: await fingerprint(path) }
    },
    save: async () => {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(`${file}.${process.pid}`, `${JSON.stringify(tools, null, 2)}\n`)
      await rename(`${file}.${process.pid}`, file)
    },
  }
}

/** @param {string} path */
async function fingerprint(path) {
  const { size, mtimeMs } = await stat(path)
  return `${size} ${mtimeMs}`
}
