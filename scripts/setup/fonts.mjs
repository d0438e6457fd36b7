import { copyFile, link, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupError } from './errors.mjs'
import { namesIn, parseJson } from './files.mjs'
import { run } from './run.mjs'

const SCOPE = '@expo-google-fonts/'
const EMOJI = 'twemoji-colr-font'
const FACES = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic']

/**
 * The Noto faces that package.json names, in the folder that libass is pointed at, and the font of coloured emoji in one
 * of its own: a machine's own fonts may stand in for Noto, but not for the latter.
 * @satisfies {import('./types.d.ts').Step}
 */
export const fonts = {
  label: 'Fonts',
  /** @param {{ root: string }} context */
  check: async ({ root }) => {
    const [wanted, present] = [await shipped(root), await namesIn(target(root))]
    const emoji = await emojiName(root)
    const hasEmoji = emoji !== null && (await namesIn(emojiDir(root))).includes(emoji)
    const isComplete = hasEmoji && wanted.length > 0 && wanted.every(({ name }) => present.includes(name))
    return isComplete && present.length === wanted.length ? describe(wanted) : null
  },
  /** @param {{ root: string }} context */
  run: async ({ root }) => {
    const wanted = await shipped(root)
    await rm(target(root), { recursive: true, force: true })
    await mkdir(target(root), { recursive: true })
    for (const { from, name } of wanted) {
      const to = join(target(root), name)
      await link(from, to).catch(() => copyFile(from, to))
    }
    const emoji = await emojiName(root)
    if (emoji === null) throw new SetupError(`The package ${EMOJI} is not installed.`)
    await rm(emojiDir(root), { recursive: true, force: true })
    await mkdir(emojiDir(root), { recursive: true })
    // A program of its own: it needs a package.
    const script = join(root, 'scripts', 'emoji-font.mjs')
    const { code, output } = await run(process.execPath, [script, join(emojiDir(root), emoji)], { cwd: root })
    if (code !== 0) throw new SetupError(`The font of emoji was not made: ${output.trim()}`)
    return describe(wanted)
  },
}

/**
 * The file of coloured emoji: its name changes with the version of the package. null: the package is not there yet.
 * @param {string} root
 */
async function emojiName(root) {
  const manifest = await readFile(join(root, 'node_modules', EMOJI, 'package.json'), 'utf8').catch(() => null)
  if (manifest === null) return null
  const { version } = /** @type {{ version: string }} */ (parseJson(manifest))
  return `CutroomEmoji_${version}.ttf`
}

/** @param {string} root */
function target(root) {
  return join(root, 'dist', 'fonts')
}

/** @param {string} root */
function emojiDir(root) {
  return join(root, 'dist', 'emoji')
}

/** @param {unknown[]} wanted */
function describe(wanted) {
  return `${wanted.length} in dist/fonts, emoji`
}

/** @param {string} root */
async function shipped(root) {
  const manifest = parseJson(await readFile(join(root, 'package.json'), 'utf8'))
  const { dependencies } = /** @type {{ dependencies: Record<string, string> }} */ (manifest)
  const packages = Object.keys(dependencies).filter((name) => name.startsWith(SCOPE))
  const dirs = packages.flatMap((name) => FACES.map((face) => join(root, 'node_modules', name, face)))
  const files = await Promise.all(
    dirs.map(async (dir) => {
      const names = await namesIn(dir)
      return names
        .filter((file) => file.endsWith('.ttf'))
        .map((file) => ({ from: join(dir, file), name: file }))
    }),
  )
  return files.flat()
}
