/** Numbers from 0 to below 1, the same for the same seed (mulberry32, by Tommy Ettinger, public domain). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Mutation = (bytes: Buffer, random: () => number) => Buffer

/** Sizes and counts live in the first bytes of a file: half of all changes go there. */
const HEAD_BYTES = 1024

function place(bytes: Buffer, random: () => number): number {
  const end = random() < 0.5 ? Math.min(HEAD_BYTES, bytes.length) : bytes.length
  return Math.floor(random() * Math.max(1, end - 8))
}

const BOUNDARY_VALUES = [0, 1, 0x7f, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe]

const MUTATIONS: readonly Mutation[] = [
  function flipBits(bytes, random) {
    const changed = Buffer.from(bytes)
    for (let left = 1 + Math.floor(random() * 16); left > 0; left -= 1) {
      const at = place(bytes, random)
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << Math.floor(random() * 8)), at)
    }
    return changed
  },
  function putBoundaryValue(bytes, random) {
    const changed = Buffer.from(bytes)
    const value = BOUNDARY_VALUES[Math.floor(random() * BOUNDARY_VALUES.length)] ?? 0
    changed.writeUInt32BE(value, place(bytes, random))
    return changed
  },
  function blank(bytes, random) {
    const at = place(bytes, random)
    return Buffer.from(bytes).fill(random() < 0.5 ? 0 : 0xff, at, at + 1 + Math.floor(random() * 256))
  },
  function remove(bytes, random) {
    const at = place(bytes, random)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + Math.floor(random() * 512))])
  },
  function repeat(bytes, random) {
    const at = place(bytes, random)
    const end = at + 1 + Math.floor(random() * 512)
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)])
  },
  function cutOff(bytes, random) {
    return bytes.subarray(0, 16 + Math.floor(random() * (bytes.length - 16)))
  },
]

/** A good file with one to three things wrong. */
export function mutate(bytes: Buffer, random: () => number): Buffer {
  let changed = bytes
  for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1) {
    const mutation = MUTATIONS[Math.floor(random() * MUTATIONS.length)]
    if (mutation && changed.length > 64) changed = mutation(changed, random)
  }
  return changed
}
