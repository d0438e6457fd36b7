// Writes the font of the layers of emoji into the file that is named: node scripts/emoji-font.mjs FILE. Set-up runs it.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { layerFont, readEmojiFont } from './fonts/emoji-font.mjs'

const [, , file = ''] = process.argv
await writeFile(file, layerFont(await readEmojiFont(resolve(import.meta.dirname, '..'))))
