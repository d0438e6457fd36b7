import { AppError } from '../../errors.js'
import type { Capabilities } from '../../jobs/ports/capabilities.js'
import { FFMPEG_PARTS, type FfmpegPart, isEssential } from '../../plan/ffmpeg-parts.js'
import type { FfmpegTools } from '../process/run-ffmpeg.js'
import { askFfmpeg } from './ask-ffmpeg.js'
import { olderThanFixes } from './known-fixes.js'
import { isTestedVersion } from './tested-versions.js'
import { drawsText } from './try-text.js'

type Tools = Pick<FfmpegTools, 'ffmpegPath' | 'ffprobePath' | 'fontConfigPath'>

/**
 * Finds out what ffmpeg and ffprobe are and what they lack, by running them.
 * @throws AppError `ffmpeg-rejected` when they do not run or lack what every job needs, `out-of-resources`
 */
export async function findCapabilities(tools: Tools): Promise<Capabilities> {
  const { version, ffprobeVersion } = await readVersions(tools)
  const [encoder, filter] = await Promise.all([
    listNames(tools.ffmpegPath, '-encoders'),
    listNames(tools.ffmpegPath, '-filters'),
  ])
  const has = { encoder, filter }
  const missing = FFMPEG_PARTS.filter(({ kind, name }) => !has[kind].has(name))
  const essential = missing.filter(isEssential)
  if (essential.length > 0) {
    const names = essential.map(({ name }) => name).join(', ')
    throw new AppError('ffmpeg-rejected', `This build of ffmpeg lacks: ${names}.`)
  }
  return {
    version,
    ffprobeVersion,
    isTested: isTestedVersion(version),
    olderThan: olderThanFixes(version) ?? olderThanFixes(ffprobeVersion),
    missing: await tried(missing, tools),
  }
}

/**
 * The versions of ffmpeg and ffprobe, which shows that they run.
 * @throws AppError `ffmpeg-rejected`, `out-of-resources`
 */
export async function readVersions({
  ffmpegPath,
  ffprobePath,
}: Pick<FfmpegTools, 'ffmpegPath' | 'ffprobePath'>): Promise<
  Pick<Capabilities, 'version' | 'ffprobeVersion'>
> {
  const [version, ffprobeVersion] = await Promise.all([readVersion(ffmpegPath), readVersion(ffprobePath)])
  return { version, ffprobeVersion }
}

async function readVersion(command: string): Promise<string> {
  const [, version = 'unknown'] =
    /^ff\w+ version (\S+)/.exec(String(await askFfmpeg({ command, args: ['-version'] }))) ?? []
  return version
}

/** Adds the drawing of text to what is missing, where the build has it and it does not work. */
async function tried(missing: readonly FfmpegPart[], tools: Tools): Promise<readonly FfmpegPart[]> {
  const text = FFMPEG_PARTS.filter(({ kind, name }) => kind === 'filter' && name === 'ass')
  if (text.some((part) => missing.includes(part)) || (await drawsText(tools))) return missing
  return [...missing, ...text]
}

/** The second word of each line of a listing: `libx264` in ` V....D libx264   H.264 …`. */
async function listNames(command: string, option: string): Promise<Set<string>> {
  const text = String(await askFfmpeg({ command, args: [option] }))
  return new Set(text.split('\n').flatMap((line) => line.trim().split(/\s+/)[1] ?? []))
}
