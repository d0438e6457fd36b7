import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Edit } from '../../../src/edit/operation.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { copyPlan, renderPlan } from '../../support/spread.js'

const studio = useStudio()
const SECRET = 'canary of metadata'
/** The place of the recording, as phones write it (ISO 6709). */
const PLACE = '+52.5200+013.4050/'

const TAGS = [
  ...['-metadata', `title=${SECRET}`, '-metadata', `comment=${SECRET}`, '-metadata', `location=${PLACE}`],
  ...['v', 'a'].flatMap((type) => [
    ...[`-metadata:s:${type}:0`, `title=${SECRET}`],
    ...[`-metadata:s:${type}:0`, `handler_name=${SECRET}`],
  ]),
]

/** Whether a file has the secret or the place anywhere: names of boxes and tags differ by container. */
async function tells(path: string): Promise<boolean> {
  const bytes = await readFile(path)
  return bytes.includes(SECRET) || bytes.includes('52.52')
}

describe('outputs contain no metadata of the source', () => {
  const sources = new Map<string, string>()

  beforeAll(async () => {
    for (const name of ['told.mp4', 'told.mkv']) {
      const made = [
        ...lavfi(numberedVideo({ rate: '25', seconds: 6, width: 64, height: 64 })),
        ...lavfi(beeps(6)),
      ]
      sources.set(name, await studio.make(name, ...made, ...H264, '-g', '25', ...AAC, ...TAGS))
    }
  })

  const EDITS: readonly (readonly [string, Edit])[] = [
    ...(['smart', 'keyframe', 'exact'] as const).map(
      (mode) =>
        [mode, { operations: [{ type: 'trim', start_time: 1.5, end_time: 5, mode }], output: null }] as const,
    ),
    ['flipped', { operations: [{ type: 'flip', direction: 'horizontal' }], output: null }],
  ]
  const CASES = ['told.mp4', 'told.mkv'].flatMap((name) =>
    EDITS.map(([what, edit]) => ({ name, what, edit })),
  )

  test.each(CASES)('for $name and the edit "$what"', async ({ name, edit }) => {
    const video = sources.get(name) ?? ''
    expect(await tells(video)).toBe(true)
    const files = await renderPlan(studio, await copyPlan(edit, { video }))
    expect(files.size).toBe(1)
    for (const path of files.values()) expect(await tells(path)).toBe(false)
  })
})
