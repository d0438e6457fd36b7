import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withLargeTable } from '../../hostile/large-table.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

const REFUSED = { code: 'unsupported-media' }
const VIDEO = lavfi('testsrc2=s=64x64:r=10:d=1')

async function write(name: string, bytes: Buffer): Promise<string> {
  const path = join(studio.dir(), name)
  await writeFile(path, bytes)
  return path
}

describe('a file for which ffmpeg would need a block of more than 1 GiB is refused', () => {
  test.each([
    ['of its picture', [...VIDEO, ...H264]],
    ['of its sound', [...lavfi('sine=d=1'), '-c:a', 'aac']],
  ])('for the table %s', async (what, args) => {
    const film = await readFile(await studio.make(`${what.slice(-5)}.mp4`, ...args))
    const plain = await write('plain.mp4', film)
    expect(await studio.probe(plain)).toMatchObject({ durationSec: 1 })
    await expect(studio.probe(await write('large.mp4', withLargeTable(film)))).rejects.toMatchObject(REFUSED)
  })
})

describe('what a file is must show within its first MiB', () => {
  test.each(['sound.mp2', 'sound.aac'])('%s behind junk', async (name) => {
    const once = await readFile(await studio.make(name, ...lavfi('sine=d=1')))
    const sound = Buffer.concat(Array.from({ length: Math.ceil(4e6 / once.length) }, () => once))
    const behind = (bytes: number) => write(name, Buffer.concat([Buffer.alloc(bytes, 0xff), sound]))
    expect(await studio.probe(await behind(500_000))).toHaveProperty('durationSec')
    await expect(studio.probe(await behind(6_000_000))).rejects.toMatchObject(REFUSED)
  })
})
