import { copyFile, link, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { namesIn, parseJson } from './files.mjs'

const SCOPE = '@expo-google-fonts/'
const FACES = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic']

/**
 * The Noto faces that package.json names, in the one folder that libass is pointed at.
 * @satisfies {import('./types.d.ts').Step}
 */
export const fonts = {
  label: 'Fonts',
  /** @param {{ root: string }} context */
  check: async ({ root }) => {
    const [wanted, present] = [await shipped(root), await namesIn(target(root))]
    const isComplete = wanted.length > 0 && wanted.every(({ name }) => present.includes(name))
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
    return describe(wanted)
  },
}

/** @param {string} root */
function target(root) {
  return join(root, 'dist', 'fonts')
}

/** @param {unknown[]} wanted */
function describe(wanted) {
  return `${wanted.length} in dist/fonts`
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
