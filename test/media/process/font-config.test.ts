import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeFontConfig } from '../../../src/media/process/font-config.js'
import { runFfmpeg } from '../../../src/media/process/run-ffmpeg.js'
import { lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

describe('the font configuration', () => {
  test('names a folder of fonts, whose name may have any characters', async () => {
    const dir = join(studio.dir(), 'a <b> & c')
    const fonts = join(studio.dir(), '<x> & y')
    await cp(resolve('dist/fonts'), fonts, { recursive: true })
    const path = await writeFontConfig(fonts, dir)
    const text = await readFile(path, 'utf8')
    expect(text.match(/<dir>.*<\/dir>/g)).toEqual([
      `<dir>${studio.dir()}/&lt;x&gt; &amp; y</dir>`,
      `<dir>${resolve('dist/emoji')}</dir>`,
    ])
    expect(text).toContain('a &lt;b&gt; &amp; c/cache</cachedir>')
  })

  test('is refused where there are no fonts', async () => {
    const dir = join(studio.dir(), 'none')
    await expect(writeFontConfig(join(dir, 'nowhere'), dir)).rejects.toThrow(/^FONTS_DIR: there are no fonts/)
  })

  test('is enough to draw text, from a folder with an unusual name', async () => {
    const dir = join(studio.dir(), "it's & <here>")
    await mkdir(dir)
    const fontConfigPath = await writeFontConfig(resolve('dist/fonts'), dir)
    const script = await readFile('test/fixtures/README.md', 'utf8')
    await writeFile(join(dir, 'text.srt'), `1\n00:00:00,000 --> 00:00:01,000\n${script.slice(2, 20)}\n`)
    const argv = [...lavfi('color=black:s=320x180:d=0.1'), '-vf', 'subtitles=text.srt', '-f', 'null', '-']
    const run = {
      argv,
      cwd: dir,
      signal: AbortSignal.timeout(20_000),
      onProgress: () => undefined,
      expectedUs: 1e5,
      maxFileBytes: 1e9,
    }
    await expect(runFfmpeg({ ...studio.tools(), fontConfigPath }, run)).resolves.toMatchObject({
      complaints: 0,
    })
  })
})
