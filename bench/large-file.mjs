import { randomFillSync } from 'node:crypto'
import { copyFile, open } from 'node:fs/promises'

const BLOCK_BYTES = 4 * 1024 * 1024
const BOX_HEAD_BYTES = 16

/**
 * A video of that size: a clip, and behind it a box that players skip. Each number gives other bytes. It is on the
 * disk when this resolves, so that nobody else waits for that.
 */
export async function createFiller(clip, to, bytes, number) {
  await copyFile(clip, to)
  const file = await open(to, 'a')
  const left = bytes - (await file.stat()).size
  await file.appendFile(freeBoxHead(left))
  const block = Buffer.alloc(BLOCK_BYTES)
  randomFillSync(block)
  block.writeDoubleBE(number)
  for (let rest = left - BOX_HEAD_BYTES; rest > 0; rest -= BLOCK_BYTES) {
    await file.appendFile(block.subarray(0, Math.min(rest, BLOCK_BYTES)))
  }
  await file.sync()
  await file.close()
}

/** With a size of 64 bit: ISO/IEC 14496-12, 4.2. */
function freeBoxHead(bytes) {
  const head = Buffer.alloc(BOX_HEAD_BYTES)
  head.writeUInt32BE(1, 0)
  head.write('free', 4, 'latin1')
  head.writeBigUInt64BE(BigInt(bytes), 8)
  return head
}

export async function sameBytes(one, other) {
  const files = await Promise.all([one, other].map((path) => open(path)))
  try {
    const [a, b] = files.map(() => Buffer.alloc(BLOCK_BYTES))
    for (;;) {
      const [{ bytesRead: ofOne }, { bytesRead: ofOther }] = await Promise.all([
        files[0].read(a, 0, BLOCK_BYTES),
        files[1].read(b, 0, BLOCK_BYTES),
      ])
      if (ofOne !== ofOther || !a.subarray(0, ofOne).equals(b.subarray(0, ofOther))) return false
      if (ofOne === 0) return true
    }
  } finally {
    await Promise.all(files.map((file) => file.close()))
  }
}
