import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Joi from 'joi'

/** Paths of programs that set-up found or installed. null: set-up was not run, or did not have to look. */
export interface Tools {
  readonly ffmpegPath: string | null
  readonly ffprobePath: string | null
  /** Path of the `temporal` command line tool, which only `npm start` needs. */
  readonly temporalPath: string | null
}

interface Found {
  readonly ffmpeg?: string
  readonly ffprobe?: string
  readonly temporal?: string | null
}

const schema = Joi.object<Found, true>({
  ffmpeg: Joi.string(),
  ffprobe: Joi.string(),
  temporal: Joi.string().allow(null),
})

/** Programs that are used unless the environment names others. */
export function readTools(file = toolsFile()): Tools {
  const found = readFound(file)
  return {
    ffmpegPath: found.ffmpeg ?? null,
    ffprobePath: found.ffprobe ?? null,
    temporalPath: found.temporal ?? null,
  }
}

function readFound(file: string): Found {
  if (!existsSync(file)) return {}
  const result = schema.validate(parse(readFileSync(file, 'utf8')), { stripUnknown: true })
  if (result.error) throw new Error(`${file} is damaged. Run "npm run setup".`, { cause: result.error })
  return result.value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The file that scripts/setup.mjs writes. This module runs from src in tests and from dist/src otherwise. */
function toolsFile(): string {
  let dir = import.meta.dirname
  while (!existsSync(join(dir, 'package.json')) && dirname(dir) !== dir) dir = dirname(dir)
  return join(dir, 'dist', 'tools.json')
}
