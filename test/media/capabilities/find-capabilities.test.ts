import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCapabilities, readVersions } from '../../../src/media/capabilities/find-capabilities.js'
import { FFMPEG_PARTS, isEssential } from '../../../src/plan/ffmpeg-parts.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

async function fake(name: string, script: string): Promise<string> {
  const path = join(studio.dir(), name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

/** A stand-in for a build that lacks parts: it lists the parts that it has, and leaves the rest to the real ffmpeg. */
function buildWithout(...lacking: readonly string[]): Promise<string> {
  const listed = (kind: string) =>
    FFMPEG_PARTS.filter((part) => part.kind === kind && !lacking.includes(part.name))
      .map(({ name }) => `echo " V....D ${name} x"`)
      .join('\n')
  return fake(
    `without-${lacking.join('-') || 'nothing'}`,
    `case "$*" in
*-encoders*) ${listed('encoder')}; exit 0;;
*-filters*) ${listed('filter')}; exit 0;;
esac
exec ${studio.tools().ffmpegPath} "$@"`,
  )
}

const namesOf = (parts: readonly { readonly name: string }[]) => parts.map(({ name }) => name)

describe('a build of ffmpeg', () => {
  test('that has everything lacks nothing, and its version is known', async () => {
    const found = await findCapabilities({ ...studio.tools(), ffmpegPath: await buildWithout() })
    expect(found.missing).toEqual([])
    expect(found.version).toMatch(/^n?\d+\.\d+|^N-/)
    expect(found.ffprobeVersion).toMatch(/^n?\d+\.\d+|^N-/)
  })

  test('of this machine works', async () => {
    const { missing } = await findCapabilities(studio.tools())
    expect(missing.filter(isEssential)).toEqual([])
    expect(namesOf(missing)).not.toContain('ass')
  })

  test.each([
    ['libsvtav1', 'make AV1'],
    ['libx265', 'make H.265'],
    ['libmp3lame', 'make MP3'],
    ['libwebp_anim', 'make WebP'],
    ['ass', 'draw text and subtitles'],
    ['zscale', 'convert colours, such as those of HDR and Display P3'],
  ])('without %s cannot %s', async (name, ability) => {
    const ffmpegPath = await buildWithout(name)
    const { missing } = await findCapabilities({ ...studio.tools(), ffmpegPath })
    expect(missing).toMatchObject([{ name, ability }])
  })

  test.each(['libx264', 'aac', 'overlay', 'setpts'])('without %s is refused', async (name) => {
    const ffmpegPath = await buildWithout(name, 'libsvtav1')
    await expect(findCapabilities({ ...studio.tools(), ffmpegPath })).rejects.toMatchObject({
      code: 'ffmpeg-rejected',
      message: `This build of ffmpeg lacks: ${name}.`,
    })
  })

  test.each([
    ['crashes when it draws text', 'kill -SEGV $$'],
    ['draws nothing', 'head -c 8192 /dev/zero; exit 0'],
  ])('that %s cannot draw text', async (what, script) => {
    const real = studio.tools().ffmpegPath
    const name = what.replaceAll(' ', '-')
    const ffmpegPath = await fake(name, `case "$*" in *ass=*) ${script};; esac\nexec ${real} "$@"`)
    const { missing } = await findCapabilities({ ...studio.tools(), ffmpegPath })
    expect(namesOf(missing)).toContain('ass')
  })

  test.each([
    ['is not there', 'exit 0', '/nonexistent/ffmpeg'],
    ['does not start', 'exit 3', null],
    ['dies', 'kill -9 $$', null],
  ])('that %s is refused', async (name, script, path) => {
    const ffmpegPath = path ?? (await fake(name.replaceAll(' ', '-'), script))
    for (const find of [findCapabilities, readVersions]) {
      await expect(find({ ...studio.tools(), ffmpegPath })).rejects.toMatchObject({ code: 'ffmpeg-rejected' })
    }
  })
})

test('an ffprobe that is not there is refused', async () => {
  const tools = { ...studio.tools(), ffprobePath: '/nonexistent/ffprobe' }
  await expect(findCapabilities(tools)).rejects.toMatchObject({ code: 'ffmpeg-rejected' })
})
