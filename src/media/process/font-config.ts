import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { FALLBACK_FAMILIES } from '../../plan/text/fonts.js'

/** The font of coloured emoji, which set-up makes: no other font has its layers. */
const EMOJI_DIR = resolve('dist', 'emoji')

/**
 * Writes a fontconfig file that knows only the shipped fonts, so that text looks the same on every machine and
 * libass falls back from one shipped font to the next in their order. Returns its path.
 * @throws Error when there are no fonts
 */
export async function writeFontConfig(fontsDir: string, dir: string): Promise<string> {
  if (!(await hasFonts(fontsDir))) {
    throw new Error(
      `FONTS_DIR: there are no fonts in ${fontsDir}. Run "npm run setup", or set FONTS_DIR to a folder with fonts.`,
    )
  }
  const cacheDir = join(dir, 'cache')
  await mkdir(cacheDir, { recursive: true })
  const path = join(dir, 'fonts.conf')
  // Written to another name and renamed, because another process's ffmpeg may be reading the file.
  const draft = `${path}.${randomUUID()}`
  await writeFile(
    draft,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${escapeXml(fontsDir)}</dir>
  <dir>${escapeXml(EMOJI_DIR)}</dir>
  <cachedir>${escapeXml(cacheDir)}</cachedir>
  <alias>
    <family>sans-serif</family>
    <prefer>${FALLBACK_FAMILIES.map((family) => `<family>${escapeXml(family)}</family>`).join('')}</prefer>
  </alias>
</fontconfig>
`,
  )
  await rename(draft, path)
  return path
}

/** Looks into subfolders as well, as fontconfig does. */
async function hasFonts(dir: string): Promise<boolean> {
  const names = await readdir(dir, { recursive: true }).catch(() => [])
  return names.some((name) => /\.(ttf|otf|ttc)$/i.test(name))
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
