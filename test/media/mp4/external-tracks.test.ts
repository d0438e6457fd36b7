import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { refersToOthers } from '../../../src/media/mp4/external-tracks.js'
import { linked } from '../../hostile/linked-files.js'
import { layBait, openTrap } from '../../hostile/watch.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
let film = ''
beforeAll(async () => {
  film = await studio.make(
    'film.mov',
    ...[...lavfi('testsrc2=s=64x64:r=10:d=1'), ...lavfi('sine=d=1')],
    ...[...H264, '-c:a', 'aac'],
  )
})
const target = (name: string) => join(studio.dir(), name)

describe('a film whose samples are in another file', () => {
  const refused = {
    code: 'unsupported-media',
    message:
      'The picture or the sound is in another file, to which this one refers. Upload a file that contains it.',
  }

  test('is refused, and neither a path nor an address is opened', async () => {
    const secret = target('secret.mov')
    const bait = await layBait(secret, 'nobody may read this')
    const trap = await openTrap()
    const files = [
      await linked.toPath(film, target('path.mov'), secret),
      await linked.toPath(film, target('neighbour.mov'), 'secret.mov'),
      await linked.toAddress(film, target('address.mp4'), `${trap.url}a.mp4`),
      await linked.toAddress(film, target('file.mp4'), `file://${secret}`),
    ]
    for (const file of files) await expect(studio.probe(file)).rejects.toMatchObject(refused)
    trap.close()
    expect([trap.count(), await bait.wasRead()]).toEqual([0, false])
  })
})

test('a film that says its samples are its own is read, and so is one that names nothing', async () => {
  for (const file of [
    film,
    await linked.toItself(film, target('itself.mov')),
    await linked.toNothing(film, target('nothing.mov')),
  ]) {
    expect(await refersToOthers(file)).toBe(false)
    expect((await studio.probe(file)).video).toMatchObject({ codec: 'h264' })
  }
})

test('what is no such file, or is cut off, refers to nothing', async () => {
  const path = target('odd')
  const boxes = [
    '',
    '0000',
    '00000001',
    '000000016d6f6f76',
    '000000006d6f6f76',
    '000000086d6f6f76',
    'ffffffff6d6f6f76',
  ]
  for (const hex of boxes) {
    await writeFile(path, Buffer.from(hex, 'hex'))
    expect(await refersToOthers(path)).toBe(false)
  }
})
