/** Frames of one film may come this far out of the order in which they are shown. */
const REORDER = 32

/** More different spacings than this are counted in coarser steps. */
const MAX_KINDS = 2048
const FINE_SEC = 1e-6
const COARSE_SEC = 1e-3

/** Rates for which the frames that would be lost are counted, frames per second. */
const CANDIDATE_RATES = [5, 10, 12.5, 15, 20, 24, 25, 30, 100 / 3, 40, 48, 50, 60, 100, 120] as const

export interface GridFit {
  readonly rate: number
  /** Frames that share a place of the grid with another one. */
  readonly lost: number
  /** Frames that are not at the time of their place. */
  readonly moved: number
}

/** Share of a frame by which a time may be beside its place, since containers round times. */
const BESIDE_FRAMES = 0.1

/** How frames follow one another. */
export interface FrameSpacing {
  /** Seconds from one frame to the next → how often. */
  readonly spacings: ReadonlyMap<number, number>
  /** How each of CANDIDATE_RATES suits the frames. */
  readonly grids: readonly GridFit[]
  readonly count: number
  /** Frames without a time, as most of MPEG programme streams and AVI. */
  readonly untimed: number
}

/** Measures the spacing of frames, given in the order of the file. Memory is bounded, whatever the file holds. */
export function createSpacingMeter() {
  const waiting: number[] = []
  let kinds = new Map<number, number>()
  let stepSec = FINE_SEC
  const grids = createGrids()
  let [count, untimed, firstSec, lastSec] = [0, 0, NaN, NaN]

  const note = (sec: number) => {
    count += 1
    if (Number.isNaN(firstSec)) firstSec = sec
    if (sec > lastSec) {
      const kind = Math.round((sec - lastSec) / stepSec)
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      if (kinds.size > MAX_KINDS && stepSec < COARSE_SEC) {
        kinds = coarser(kinds)
        stepSec = COARSE_SEC
      }
    }
    lastSec = sec
    grids.add(sec - firstSec)
  }
  const emit = () => {
    const [next] = waiting.splice(0, 1)
    if (next !== undefined) note(next)
  }
  return {
    /** @param sec NaN: unknown */
    add: (sec: number): void => {
      if (Number.isNaN(sec)) {
        untimed += 1
        return
      }
      let place = waiting.length
      while (place > 0 && (waiting[place - 1] ?? 0) > sec) place -= 1
      waiting.splice(place, 0, sec)
      if (waiting.length > REORDER) emit()
    },
    /** The clock has been set: the step to the next frame is no spacing. */
    restart: (): void => {
      while (waiting.length > 0) emit()
      ;[firstSec, lastSec] = [NaN, NaN]
    },
    spacing: (): FrameSpacing => {
      while (waiting.length > 0) emit()
      return {
        spacings: new Map([...kinds].map(([kind, times]) => [kind * stepSec, times])),
        grids: grids.list(),
        count,
        untimed,
      }
    },
  }
}

function createGrids() {
  const grids = CANDIDATE_RATES.map((rate) => ({ rate, place: -1, lost: 0, moved: 0 }))
  return {
    add: (sec: number): void => {
      for (const grid of grids) {
        const position = sec * grid.rate
        const place = Math.round(position)
        if (place === grid.place) grid.lost += 1
        if (Math.abs(position - place) > BESIDE_FRAMES) grid.moved += 1
        grid.place = place
      }
    },
    list: (): GridFit[] => grids.map(({ rate, lost, moved }) => ({ rate, lost, moved })),
  }
}

function coarser(kinds: ReadonlyMap<number, number>): Map<number, number> {
  const result = new Map<number, number>()
  for (const [kind, times] of kinds) {
    const coarse = Math.round((kind * FINE_SEC) / COARSE_SEC)
    result.set(coarse, (result.get(coarse) ?? 0) + times)
  }
  return result
}
