import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * dist/tools.json: which ffmpeg, ffprobe and temporal the processes use when the environment doesn't say
 * (src/platform/tools.ts reads it), and which binaries were tried, so that the next set-up needn't run them.
 */
export async function openToolsFile(root) {
  const file = join(root, 'dist', 'tools.json')
  const saved = await readFile(file, 'utf8')
    .then(JSON.parse)
    .catch(() => ({}))
  const tools = { ...saved, tried: { ...saved.tried } }
  return {
    tools,
    /** The verdict on a binary that hasn't changed since: { ok, detail }, or undefined. */
    async recall(path) {
      const verdict = tools.tried[path]
      return verdict && verdict.fingerprint === (await fingerprint(path)) ? verdict : undefined
    },
    async remember(path, verdict) {
      tools.tried[path] = { ...verdict, fingerprint: await fingerprint(path) }
    },
    async save() {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(`${file}.${process.pid}`, `${JSON.stringify(tools, null, 2)}\n`)
      await rename(`${file}.${process.pid}`, file)
    },
  }
}

async function fingerprint(path) {
  const { size, mtimeMs } = await stat(path)
  return `${size} ${mtimeMs}`
}
