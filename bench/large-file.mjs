import { randomFillSync } from 'node:crypto'
import { copyFile, open } from 'node:fs/promises'

const BLOCK_BYTES = 4 * 1024 * 1024
const BOX_HEAD_BYTES = 16

/**
 * Makes a video of that size: a clip, and behind it a box that players skip. It is on the disk when this resolves, so
 * that no later write has to wait for it.
 * @param {string} clip
 * @param {string} to
 * @param {number} bytes
 * @param {number} number each number gives other bytes
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

/**
 * The head of a box with a size of 64 bit: ISO/IEC 14496-12, 4.2.
 * @param {number} bytes
 */
function freeBoxHead(bytes) {
  const head = Buffer.alloc(BOX_HEAD_BYTES)
  head.writeUInt32BE(1, 0)
  head.write('free', 4, 'latin1')
  head.writeBigUInt64BE(BigInt(bytes), 8)
  return head
}

/**
 * Whether two files hold the same bytes.
 * @param {string} one
 * @param {string} other
 */
export async function sameBytes(one, other) {
  const [first, second] = await Promise.all([open(one), open(other)])
  try {
    const [a, b] = [Buffer.alloc(BLOCK_BYTES), Buffer.alloc(BLOCK_BYTES)]
    for (;;) {
      const [{ bytesRead: ofFirst }, { bytesRead: ofSecond }] = await Promise.all([
        first.read(a, 0, BLOCK_BYTES),
        second.read(b, 0, BLOCK_BYTES),
      ])
      if (ofFirst !== ofSecond || !a.subarray(0, ofFirst).equals(b.subarray(0, ofSecond))) return false
      if (ofFirst === 0) return true
    }
  } finally {
    await Promise.all([first.close(), second.close()])
  }
}
