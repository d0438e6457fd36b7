import type { Random } from '../support/random.js'

type Mutation = (bytes: Buffer, random: Random) => Buffer

/** Sizes and counts are in the first bytes of a file, so half of all changes go there. */
const HEAD_BYTES = 1024

function place(bytes: Buffer, random: Random): number {
  const end = random.chance(0.5) ? Math.min(HEAD_BYTES, bytes.length) : bytes.length
  return random.whole(0, Math.max(1, end - 8) - 1)
}

const BOUNDARY_VALUES = [0, 1, 0x7f, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe] as const

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  function flipBits(bytes, random) {
    const changed = Buffer.from(bytes)
    for (let left = random.whole(1, 16); left > 0; left -= 1) {
      const at = place(bytes, random)
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << random.whole(0, 7)), at)
    }
    return changed
  },
  function putBoundaryValue(bytes, random) {
    const changed = Buffer.from(bytes)
    const value = random.pick(BOUNDARY_VALUES)
    changed.writeUInt32BE(value, place(bytes, random))
    return changed
  },
  function blank(bytes, random) {
    const at = place(bytes, random)
    return Buffer.from(bytes).fill(
      random.chance(0.5) ? 0 : 0xff,
      at,
      Math.min(bytes.length, at + random.whole(1, 256)),
    )
  },
  function remove(bytes, random) {
    const at = place(bytes, random)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.whole(1, 512))])
  },
  function repeat(bytes, random) {
    const at = place(bytes, random)
    const end = at + random.whole(1, 512)
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)])
  },
  function cutOff(bytes, random) {
    return bytes.subarray(0, random.whole(16, bytes.length - 1))
  },
]

/** A good file with one to three things wrong. */
export function mutate(bytes: Buffer, random: Random): Buffer {
  let changed = bytes
  for (let left = random.whole(1, 3); left > 0; left -= 1) {
    const mutation = random.pick(MUTATIONS)
    if (changed.length > 64) changed = mutation(changed, random)
  }
  return changed
}
