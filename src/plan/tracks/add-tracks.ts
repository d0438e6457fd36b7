import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { Container } from '../../edit/output/formats.js'
import type { AddedSubtitles, Additions, StreamedSubtitles } from '../model/additions.js'
import type { Assembly, ExpectedResult, Pass, SideFile } from '../model/plan.js'
import { writeSrt } from '../subtitles/write-srt.js'
import { writeVtt } from '../subtitles/write-vtt.js'
import type { FilmTracks, TextTrack } from './compile-tracks.js'
import { writeLabels } from './labels.js'

interface Films {
  readonly passes: readonly Pass[]
  readonly assemblies: readonly Assembly[]
}

/** The passes and assemblies of films with the tracks in those that make a whole file. */
export function addTracks({ passes, assemblies }: Films, tracks: FilmTracks): Films {
  const { subtitles, sounds, title, chapters } = tracks
  const isNothing = [subtitles, sounds, chapters].every(({ length }) => length === 0) && title === null
  if (isNothing) return { passes, assemblies }
  return {
    passes: passes.map((pass) => addToPass(pass, tracks)),
    assemblies: assemblies.map((assembly) => {
      const { sideFiles, additions } = makeAdditions(tracks, assembly.container, assembly.expected)
      return { ...assembly, sideFiles: [...assembly.sideFiles, ...sideFiles], additions }
    }),
  }
}

/** A pass that makes a whole file makes no other. */
function addToPass(pass: Pass, tracks: FilmTracks): Pass {
  const [encode, ...others] = pass.encodes
  const { isPart, container, expected } = encode
  if (isPart || container === 'jpg' || CONTAINER_TRAITS[container].holds === 'animation') return pass
  const { sideFiles, additions } = makeAdditions(tracks, container, expected)
  return {
    ...pass,
    sideFiles: [...pass.sideFiles, ...sideFiles],
    encodes: [{ ...encode, additions }, ...others],
  }
}

interface Made {
  readonly sideFiles: readonly SideFile[]
  readonly additions: Additions
}

function makeAdditions(
  { subtitles, sounds, title, chapters }: FilmTracks,
  container: Container,
  { durationSec }: ExpectedResult,
): Made {
  const format = container === 'webm' ? 'vtt' : 'srt'
  const durationMs = Math.round(durationSec * 1000)
  const texts = subtitles.map(({ cues }) => (format === 'vtt' ? writeVtt(cues) : writeSrt(cues)))
  const name = (index: number) => `subtitles-${index}.${format}`
  const labels = {
    title,
    tracks: [...sounds, ...subtitles],
    chapters: chapters.map((chapter, index) => {
      return { ...chapter, endMs: chapters[index + 1]?.startMs ?? durationMs }
    }),
  }
  return {
    sideFiles: [
      { name: LABELS, contents: writeLabels(labels, container) },
      ...texts.map((contents, index) => ({ name: name(index), contents })),
    ],
    additions: {
      labels: LABELS,
      hasChapters: chapters.length > 0,
      ...(sounds.length > 0 ? { sounds: sounds.map(({ isDefault }) => ({ isDefault })) } : {}),
      subtitles: subtitles.map(({ isDefault, isForced }, index): AddedSubtitles => {
        return { file: name(index), format, isDefault, isForced }
      }),
    },
  }
}

const LABELS = 'labels.ffmetadata'

/** The times of the segments begin at 0, as those of the cues do. */
const TIMESTAMP_MAP = 'X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000'

export interface Streamed {
  readonly tracks: readonly StreamedSubtitles[]
  readonly sideFiles: readonly SideFile[]
}

/** The tracks as a stream has them: one file of WebVTT each, for HLS (RFC 8216, 3.5) and DASH alike. */
export function streamTracks(subtitles: readonly TextTrack[]): Streamed {
  const name = (index: number) => `subtitles_${index}.vtt`
  return {
    tracks: subtitles.map(({ language, name: label, isDefault, isForced }, index) => {
      return { file: name(index), language, name: label, isDefault, isForced }
    }),
    sideFiles: subtitles.map(({ cues }, index) => {
      return { name: name(index), contents: writeVtt(cues, [TIMESTAMP_MAP]) }
    }),
  }
}
