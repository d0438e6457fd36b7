import { type FileHandle, open } from 'node:fs/promises'
import { hasErrorCode } from '../../../errors.js'
import type { OutputFacts } from '../../probe/output-facts.js'
import { type FileBox, listFileBoxes, readAt } from '../file-boxes.js'
import { type Clock, readClock } from './edits.js'
import { findInner, type InnerBox, innerBoxes } from './inner-boxes.js'
import { ensure, known, UnknownForm } from './known-form.js'
import { type ReadTrack, readTrack } from './read-track.js'

/** Boxes of a file that hold samples, say what they are, or say nothing of them. */
const OUTER = ['ftyp', 'moov', 'mdat', 'free', 'wide']

/** Likewise in the header: of the whole film, of a track, and titles. */
const INNER = ['mvhd', 'trak', 'udta', 'iods']

/** The header of 12 hours of film has fewer bytes. */
const MAX_HEADER_BYTES = 32 * 1024 ** 2

/** Lengths may differ by this much. ffprobe's readers take the length of the packets beyond 0.25 s: measured-facts.ts. */
const ALIKE_SEC = 0.1

/**
 * Reads what is asked of a rendered file from its header, as ffprobe says it, and checks that the file has all samples
 * that the header names. ffprobe takes a hundred times as long to start, and then reads the whole file.
 * @returns null when the file is of a form that is not known here, damaged, or not there
 */
export async function readMovieFacts(path: string): Promise<OutputFacts | null> {
  try {
    const file = await open(path)
    try {
      return await readFacts(file)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof UnknownForm || hasErrorCode(error, 'ENOENT')) return null
    throw error
  }
}

async function readFacts(file: FileHandle): Promise<OutputFacts> {
  const { size } = await file.stat()
  const boxes = await listFileBoxes(file, { start: 0, end: size })
  ensure(size > 0 && boxes.at(-1)?.end === size, 'a file that is cut off')
  ensure(
    boxes.every(({ type }) => OUTER.includes(type)),
    'a file with other parts',
  )
  const header = await readHeader(file, boxes)
  ensure(
    header.every(({ type }) => INNER.includes(type)),
    'a header with other parts',
  )
  const movie = readClock(known(findInner(header, 'mvhd'), 'no box mvhd'))
  const data = boxes.filter(({ type }) => type === 'mdat')
  const tracks = header.filter(({ type }) => type === 'trak')
  return describe(
    tracks.map(({ contents }) => readTrack(contents, movie, data)),
    movie,
    size,
  )
}

async function readHeader(file: FileHandle, boxes: readonly FileBox[]): Promise<InnerBox[]> {
  const [moov, ...others] = boxes.filter(({ type }) => type === 'moov')
  ensure(moov !== undefined && others.length === 0, 'no header, or several')
  ensure(moov.end - moov.start <= MAX_HEADER_BYTES, 'a header that is too long')
  return innerBoxes(await readAt(file, moov.start, moov.end - moov.start))
}

function describe(tracks: readonly ReadTrack[], movie: Clock, sizeBytes: number): OutputFacts {
  const videos = tracks.flatMap(({ video }) => video ?? [])
  const audio = tracks.flatMap(({ sound }) => (sound === null ? [] : { codec: sound }))
  ensure(videos.length <= 1 && videos.length + audio.length > 0, 'several pictures, or nothing')
  const durationUs = Math.round((movie.durationTicks * 1e6) / movie.ticksPerSec)
  const durationSec = durationUs / 1e6
  const longestSec = Math.max(...tracks.map(({ lengthSec }) => lengthSec))
  ensure(Math.abs(longestSec - durationSec) <= ALIKE_SEC, 'a film that states another length')
  return {
    durationSec,
    bitRate: Math.floor((sizeBytes * 8 * 1e6) / durationUs),
    video: videos[0] ?? null,
    audio,
  }
}
