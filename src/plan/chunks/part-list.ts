import type { SideFile } from '../model/plan.js'
import { PART_LIST } from '../model/work-files.js'

interface ListedPart {
  /** Name of the part in the work folder. */
  readonly file: string
  /** Where the part begins in the joined film, in seconds. */
  readonly startSec: number
}

/**
 * The list of parts for ffmpeg's demuxer `concat`, with the length of each. The lengths are rounded so that errors do
 * not add up; without them the demuxer would use the rounded lengths that the parts state.
 */
export function partList(parts: readonly ListedPart[], totalSec: number): SideFile {
  const startsUs = [...parts.map(({ startSec }) => startSec), totalSec].map((sec) => Math.round(sec * 1e6))
  const lines = parts.map(({ file }, index) => {
    const lengthUs = (startsUs[index + 1] ?? 0) - (startsUs[index] ?? 0)
    return `file ${file}\nduration ${(lengthUs / 1e6).toFixed(6)}\n`
  })
  return { name: PART_LIST, contents: `ffconcat version 1.0\n${lines.join('')}` }
}
