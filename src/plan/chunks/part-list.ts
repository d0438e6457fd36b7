import type { SideFile } from '../model/plan.js'
import { PART_LIST } from '../model/work-files.js'

interface ListedPart {
  /** Name in the work folder. */
  readonly file: string
  /** Where it begins in the joined film, in seconds. */
  readonly startSec: number
}

/**
 * With the length of each, rounded so that no error adds up: by itself the demuxer would take the rounded lengths
 * that the parts state.
 */
export function partList(parts: readonly ListedPart[], totalSec: number): SideFile {
  const startsUs = [...parts.map(({ startSec }) => startSec), totalSec].map((sec) => Math.round(sec * 1e6))
  const lines = parts.map(({ file }, index) => {
    const lengthUs = (startsUs[index + 1] ?? 0) - (startsUs[index] ?? 0)
    return `file ${file}\nduration ${(lengthUs / 1e6).toFixed(6)}\n`
  })
  return { name: PART_LIST, contents: `ffconcat version 1.0\n${lines.join('')}` }
}
