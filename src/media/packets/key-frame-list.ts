/** More times than this are thinned out. */
const MAX_TIMES = 4096

/** How many of the first key frames are kept, however many there are. */
const FIRST = 3

/** Collects the times, in seconds, at which the key frames of a picture are shown. */
export function createKeyFrameList() {
  const first: number[] = []
  let kept: number[] = []
  let step = 1
  let count = 0
  return {
    add: (sec: number | null, isKey: boolean): void => {
      if (!isKey || sec === null) return
      if (first.length < FIRST) first.push(sec)
      if (count % step === 0) kept.push(sec)
      count += 1
      if (kept.length <= MAX_TIMES) return
      kept = kept.filter((_, index) => index % 2 === 0)
      step *= 2
    },
    first: (): readonly number[] => first,
    /** At most `most` of them, evenly chosen. */
    spread: (most: number): readonly number[] => {
      const each = Math.max(1, Math.ceil(kept.length / most))
      return kept.filter((_, index) => index % each === 0)
    },
  }
}
