import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { readParameters } from '../../../src/media/groups/read-parameters.js'
import { unifyHeaders } from '../../../src/media/mp4/unify-headers.js'
import { readNumbers } from '../../support/frames.js'
import { FFPROBE, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const VIDEO = lavfi(numberedVideo({ rate: '25', seconds: 0.2, width: 64, height: 64 }))
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '5'] as const

let first = ''
let second = ''
beforeAll(async () => {
  first = await studio.make('first.mp4', ...VIDEO, ...X264)
  second = await studio.make('second.mp4', ...VIDEO, ...X264, '-x264-params', 'sps-id=7')
})

const target = () => join(studio.dir(), 'head.mp4')

async function idsOf(path: string): Promise<readonly number[] | undefined> {
  return (await readParameters(FFPROBE, path, 0, AbortSignal.timeout(20_000)))?.takenIds
}

test('the copy of the first part keeps its pictures, and has the parameter sets of all parts, each once', async () => {
  await unifyHeaders([first, second, first], target())
  expect(await idsOf(target())).toEqual([0, 7])
  expect(await readNumbers(target())).toEqual([0, 1, 2, 3, 4])
  expect(await idsOf(first)).toEqual([0])
})

test.each([
  ['whose index is not at its end', 'front.mp4', [...X264, '-movflags', '+faststart']],
  ['of another codec', 'mpeg4.mp4', ['-c:v', 'mpeg4']],
  ['of another container', 'part.mkv', X264],
] as const)('a part %s is refused', async (_, name, args) => {
  const other = await studio.make(name, ...VIDEO, ...args)
  await expect(unifyHeaders([first, other], target())).rejects.toMatchObject({ code: 'output-invalid' })
})
