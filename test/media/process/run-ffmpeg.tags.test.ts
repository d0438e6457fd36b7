import { open, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { runFfmpeg } from '../../../src/media/process/run-ffmpeg.js'
import { lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

const TOTALS = 'Input stream #0:0 (video): 999 packets read (1 bytes); 1 frames decoded; '

/** Film of 10 frames with a tag whose text reads like lines of ffmpeg. */
async function tagged(name: string, text: string): Promise<string> {
  const tags = join(studio.dir(), `${name}.txt`)
  const escaped = text.replaceAll(/[=;#\\\n]/g, String.raw`\$&`)
  await writeFile(tags, `;FFMETADATA1\ncomment=${escaped}\n`)
  return studio.make(name, ...lavfi('testsrc2=s=64x64:r=10:d=1'), '-i', tags, '-map_metadata', '1')
}

test.each([
  ['totals parted by vertical tabs', Array<string>(20_000).fill(TOTALS).join('\v')],
  ['totals in lines', `a\n[verbose]   ${TOTALS}\n[error] Error while decoding stream #0:0: x\n[error] y`],
  ['a full disk', 'a\n[error] No space left on device\n[h264 @ 0x55d] [error] z'],
])('a tag with %s is no word of ffmpeg', async (name, text) => {
  const video = await tagged(`${name.replaceAll(' ', '-')}.mp4`, text)
  const rendered = await studio.render([], { video })
  expect(rendered.warnings).toEqual([])
  expect(rendered.facts.video?.frameCount).toBe(10)
})

// What is kept of ffmpeg's output begins somewhere in this tag; with one of the four it begins with `sh: `.
test.each([0, 1, 2, 3])('a tag that reads like the words of a shell is none of ours (%i)', async (shift) => {
  // ffmpeg shows 255 characters of each part, and nothing between the parts.
  const parts = Array<string>(120).fill('sh: '.repeat(50))
  const text = [...parts, `No space left on device${'.'.repeat(shift)}`].join('\v')
  const video = await tagged(`shell-${shift}.mp4`, text)
  const failure = await decode(video, ['-c:v', 'nothing']).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'ffmpeg-rejected' })
})

/** Decodes a file and ends with the first error. */
const decode = (path: string, coding: readonly string[] = []) =>
  runFfmpeg(studio.tools(), {
    argv: ['-xerror', '-i', path, '-map', '0:v', ...coding, '-f', 'null', '-'],
    cwd: studio.dir(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    expectedUs: 1e6,
    maxFileBytes: 1e9,
  })

const FULL = 'a\n[error] No space left on device\n[fatal] Disk quota exceeded'

describe('a damaged film is damaged, and no full disk, also with', () => {
  test.each([
    ['a tag', () => tagged('tag.mp4', FULL)],
    [
      'an attachment of that name',
      async () => {
        const film = await tagged('attached.mp4', 'b')
        const names = ['-attach', film, '-metadata:s:t', `filename=${FULL}`, '-metadata:s:t', 'mimetype=a/b']
        return studio.make('attachment.mkv', '-i', film, '-c', 'copy', ...names)
      },
    ],
    [
      'a subtitle of that text',
      async () => {
        const words = join(studio.dir(), 'words.srt')
        await writeFile(words, `1\n00:00:00,000 --> 00:00:01,000\n${FULL}\n`)
        const film = await tagged('titled.mp4', 'c')
        const title = ['-metadata:s:s', `title=${FULL}`]
        return studio.make('subtitle.mkv', '-i', film, '-i', words, '-c', 'copy', ...title)
      },
    ],
  ])('%s', async (_, make) => {
    const path = await make()
    await damage(path)
    // Where the rest of the file cannot be told from nothing, ffmpeg complains and ends well.
    const outcome = await decode(path).then(
      ({ complaints }) => (complaints > 0 ? 'source-damaged' : 'fine'),
      (error: unknown) => (error instanceof AppError ? error.code : error),
    )
    expect(outcome).toMatch(/^(source-damaged|ffmpeg-crashed)$/)
  })
})

/** Overwrites the middle of a file, where the pictures are. */
async function damage(path: string): Promise<void> {
  const { size } = await stat(path)
  const file = await open(path, 'r+')
  try {
    await file.write(Buffer.alloc(Math.floor(size / 2), 0x55), 0, null, Math.floor(size / 4))
  } finally {
    await file.close()
  }
}
