import { readdir, readFile, readlink } from 'node:fs/promises'

/** ffmpeg processes whose working folder lies below `dir`, according to the kernel. */
export async function ffmpegBelow(dir: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(pids.map(async (pid) => ((await isFfmpegBelow(pid, dir)) ? [pid] : [])))
  return found.flat()
}

async function isFfmpegBelow(pid: number, dir: string): Promise<boolean> {
  try {
    const [name, cwd] = await Promise.all([
      readFile(`/proc/${pid}/comm`, 'utf8'),
      readlink(`/proc/${pid}/cwd`),
    ])
    return name.trim() === 'ffmpeg' && cwd.startsWith(dir)
  } catch {
    // The process has ended in the meantime.
    return false
  }
}

/** Files below a folder, as relative paths. */
export async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => `${entry.parentPath.slice(dir.length)}/${entry.name}`.replace(/^\//, ''))
    .sort()
}
