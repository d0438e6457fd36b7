import { LRUCache } from 'lru-cache'
import type { FontFacts } from '../../../plan/model/font-facts.js'

/** Numbers in the facts of all kept fonts, about 8 bytes each. A Chinese font has 200,000, most others a few thousand. */
const MAX_NUMBERS = 4_000_000

/** Reads a font, by the hash of its bytes. Whoever asks while it is read waits for the same reading. */
export type KeptFonts = (sha256: string, read: () => Promise<FontFacts>) => Promise<FontFacts>

/** Keeps the facts of the fonts that were used last, so that a plan does not read them again. Failures are not kept. */
export function createKeptFonts(maxNumbers = MAX_NUMBERS): KeptFonts {
  const kept = new LRUCache<string, FontFacts>({ maxSize: maxNumbers, sizeCalculation: countNumbers })
  const pending = new Map<string, Promise<FontFacts>>()
  return (sha256, read) => {
    const known = kept.get(sha256)
    if (known) return Promise.resolve(known)
    const reading =
      pending.get(sha256) ??
      read()
        .then((facts) => {
          kept.set(sha256, facts)
          return facts
        })
        .finally(() => pending.delete(sha256))
    pending.set(sha256, reading)
    return reading
  }
}

function countNumbers({ characters, widths, tops }: FontFacts): number {
  return 3 * characters.length + widths.length + tops.length + 1
}
