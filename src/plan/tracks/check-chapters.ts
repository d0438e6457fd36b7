import type { ChapterRequest } from '../../edit/output/tracks.js'
import type { Findings } from '../context.js'

/** Containers count chapters in milliseconds. */
const LEAST_SEC = 0.001

/** Chapters begin within the result, each after the one before. */
export function checkChapters(
  chapters: readonly ChapterRequest[],
  resultSec: number,
  findings: Findings,
): void {
  for (const [index, { start_time: startSec }] of chapters.entries()) {
    const pointer = `/output/chapters/${index}/start_time`
    const before = chapters[index - 1]
    if (startSec > resultSec - LEAST_SEC) {
      findings.reject(pointer, `it is ${startSec} s, but the result lasts only ${resultSec.toFixed(3)} s`)
    } else if (before && startSec < before.start_time + LEAST_SEC) {
      findings.reject(
        pointer,
        `it is ${startSec} s, but the chapter before begins at ${before.start_time} s: chapters are in ascending order`,
      )
    }
  }
}
