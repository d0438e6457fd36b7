import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../src/errors.js'
import { readKeyFrame } from '../../src/media/mp4/key-frame.js'
import { readTrackHeader } from '../../src/media/mp4/track-header.js'
import { writeManifests } from '../../src/plan/derive/playlists.js'
import type { DerivedFiles } from '../../src/plan/model/plan.js'

type StreamContents = Pick<Extract<DerivedFiles, { form: 'segments' }>, 'hls' | 'subtitles' | 'sounds'>

/**
 * Writes the manifests of a folder of segments. ffmpeg's lack or guess much of what the segments say, and contain the
 * time of day.
 * @throws AppError `output-invalid` when a segment cannot be read
 */
export async function replaceManifests(
  folder: string,
  { hls, subtitles = [], sounds = [] }: StreamContents,
): Promise<void> {
  const names = await readdir(folder)
  const files = await Promise.all(
    names.map(async (name) => ({
      name,
      sizeBytes: (await stat(join(folder, name))).size,
      text: /\.(m3u8|mpd)$/.test(name) ? await readFile(join(folder, name), 'utf8') : null,
    })),
  )
  const inits = names.filter((name) => name.startsWith('init-'))
  const headerOf = await readAll(inits, async (name) => readTrackHeader(await readFile(join(folder, name))))
  const segments = names.filter((name) => name.endsWith('.m4s'))
  const keyFrameOf = hls?.iFrames ? await readAll(segments, (name) => readKeyFrame(join(folder, name))) : null
  const reader = { headerOf, keyFrameOf, hasAudioOnly: hls?.audioOnly ?? false, subtitles, sounds }
  for (const { name, contents } of writeManifests(files, reader)) {
    await writeFile(join(folder, name), contents)
  }
}

/** Reads files one after another, since a long film has thousands. Returns what was found, by name. */
async function readAll<Found>(
  names: readonly string[],
  read: (name: string) => Promise<Found | null>,
): Promise<(name: string) => Found> {
  const found = new Map<string, Found | null>()
  for (const name of names) found.set(name, await read(name))
  return (name) => {
    const one = found.get(name) ?? null
    if (one === null) throw new AppError('output-invalid', `The segment ${name} cannot be read.`)
    return one
  }
}
