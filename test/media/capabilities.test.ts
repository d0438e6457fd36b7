import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkCapabilities, missingEncoders } from '../../src/media/capabilities.js'
import { useStudio } from '../support/render.js'

const studio = useStudio()

async function fake(name: string, script: string): Promise<string> {
  const path = join(studio.dir(), name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

describe('the check of ffmpeg', () => {
  test('passes a build that has everything that plans use', async () => {
    await expect(checkCapabilities(studio.tools())).resolves.toBeUndefined()
  })

  test('names what a build is missing', async () => {
    const ffmpegPath = await fake('bare', 'echo " V....D libx264 H.264"; echo " T.C ass V->V x"; exit 0')
    await expect(checkCapabilities({ ...studio.tools(), ffmpegPath })).rejects.toMatchObject({
      code: 'ffmpeg-rejected',
      message: expect.stringMatching(
        /^This build of ffmpeg lacks: libx265, .*, aac, .*, overlay, /,
      ) as string,
    })
  })

  test.each([
    ['is not there', 'exit 0', '/nonexistent/ffmpeg'],
    ['does not start', 'exit 3', null],
    ['dies', 'kill -9 $$', null],
  ])('refuses an ffmpeg that %s', async (name, script, path) => {
    const ffmpegPath = path ?? (await fake(name.replaceAll(' ', '-'), script))
    await expect(checkCapabilities({ ...studio.tools(), ffmpegPath })).rejects.toMatchObject({
      code: 'ffmpeg-rejected',
    })
  })

  test('refuses an ffprobe that is not there', async () => {
    const tools = { ...studio.tools(), ffprobePath: '/nonexistent/ffprobe' }
    await expect(checkCapabilities(tools)).rejects.toMatchObject({ code: 'ffmpeg-rejected' })
  })
})

describe('the encoders that a build may lack', () => {
  test.each([
    ['of a build without AV1', 'echo " V....D libx264 H.264"', ['libsvtav1']],
    ['of a build with it', 'echo " V..... libsvtav1 AV1"', []],
    ['of an ffmpeg that does not answer are not known', 'exit 3', []],
  ])('%s', async (name, script, missing) => {
    const ffmpegPath = await fake(name.replaceAll(' ', '-'), script)
    expect([...(await missingEncoders({ ffmpegPath })())]).toEqual(missing)
  })

  test('are asked for again after a failure, and then remembered', async () => {
    // It fails, answers, and would fail again. It may make folders, but write no files.
    const list = 'echo " V....D libx264 H.264"'
    const script = `cd "$(dirname "$0")"; mkdir one 2>&- && exit 3; mkdir two 2>&- && ${list} || exit 3`
    const find = missingEncoders({ ffmpegPath: await fake('fails-once', script) })
    const answers = [await find(), await find(), await find()].map((missing) => [...missing])
    expect(answers).toEqual([[], ['libsvtav1'], ['libsvtav1']])
  })
})
