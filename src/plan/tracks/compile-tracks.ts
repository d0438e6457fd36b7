import type { Edit } from '../../edit/operation.js'
import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import { type Container, CONTAINERS } from '../../edit/output/formats.js'
import type { SubtitleTrackRequest, Tracks } from '../../edit/output/tracks.js'
import type { Findings } from '../context.js'
import { durationSec, type Stage } from '../frames/timeline.js'
import { ownName } from '../model/languages.js'
import type { Sources } from '../model/sources.js'
import type { Cue } from '../subtitles/cue.js'
import { checkChapters } from './check-chapters.js'
import type { SoundTrack } from './choose-sounds.js'
import { distinctNames, type Nameable } from './distinct-names.js'
import { findText } from './find-text.js'
import type { Chapter } from './labels.js'
import { moveCues } from './move-cues.js'
import { timeSteps } from './time-steps.js'

/** The tracks of a job's films, with the times of the result. */
export interface FilmTracks {
  readonly subtitles: readonly TextTrack[]
  /** None: the sound of the edit, without a name. */
  readonly sounds: readonly SoundTrack[]
  readonly title: string | null
  readonly chapters: readonly Omit<Chapter, 'endMs'>[]
}

export interface TextTrack {
  readonly cues: readonly Cue[]
  /** BCP 47; null: unknown. */
  readonly language: string | null
  readonly name: string
  readonly isDefault: boolean
  readonly isForced: boolean
}

interface Job {
  readonly edit: Edit
  readonly sources: Sources
  readonly container: Container
  readonly findings: Findings
  /** Extents of the material, the last one is that of the result. */
  readonly stages: readonly Stage[]
}

/** Reads the tracks that an output asks for, and moves them with the edit. Mistakes are noted. */
export function compileTracks(tracks: Tracks, sounds: readonly SoundTrack[], job: Job): FilmTracks {
  const { container, findings, stages } = job
  const { holdsSubtitles, holdsTitle, holdsChapters } = holds(container)
  const material = stages.at(-1)
  const refuse = (field: string, what: string, takes: (one: Container) => boolean) => {
    const better = CONTAINERS.filter(takes).join(', ')
    findings.reject(`/output/${field}`, `${container} holds no ${what}; these do: ${better}`)
  }
  if (tracks.subtitles.length > 0 && !holdsSubtitles) {
    refuse('subtitles', 'subtitles', (one) => holds(one).holdsSubtitles)
    return NOTHING
  }
  if (tracks.title !== null && !holdsTitle) refuse('title', 'title', (one) => holds(one).holdsTitle)
  if (tracks.chapters.length > 0 && !holdsChapters) {
    refuse('chapters', 'chapters', (one) => holds(one).holdsChapters)
  }
  checkChapters(tracks.chapters, material ? durationSec(material) : 0, findings)
  const texts = tracks.subtitles.flatMap((track, index) => compileTrack(track, index, job))
  return {
    subtitles: distinctNames(texts, findings),
    sounds,
    title: tracks.title,
    chapters: tracks.chapters.map(({ start_time, title }) => ({
      startMs: Math.round(start_time * 1000),
      title,
    })),
  }
}

const NOTHING: FilmTracks = { subtitles: [], sounds: [], title: null, chapters: [] }

function holds(container: Container) {
  const trait = CONTAINER_TRAITS[container]
  return {
    holdsSubtitles: trait.holds === 'video',
    holdsTitle: trait.holds !== 'animation',
    holdsChapters: trait.holds === 'video' || container === 'm4a' || container === 'mp3',
  }
}

function compileTrack(track: SubtitleTrackRequest, index: number, job: Job): (TextTrack & Nameable)[] {
  const { edit, sources, stages, findings } = job
  const pointer = `/output/subtitles/${index}`
  const text = findText(track, pointer, job)
  const material = stages.at(-1)
  if (!text || !material) return []
  const offsetMs = Math.round(track.offset * 1000) - text.zeroMs
  const later = text.cues.map((cue) => {
    return { ...cue, startMs: cue.startMs + offsetMs, endMs: cue.endMs + offsetMs }
  })
  const steps = track.times === 'video' ? timeSteps(edit, sources.video.facts, stages) : []
  const resultSec = durationSec(material)
  const moved = moveCues(later, steps, resultSec * 1000)
  if (moved.length === 0) {
    const message = `No cue of ${pointer} is within the result, which lasts ${resultSec.toFixed(3)} s: it has no such track.`
    findings.warn({ code: 'subtitles-never-visible', message })
    return []
  }
  const { language } = text
  const isForced = track.forced || text.isForced
  const usual = language === null ? `Subtitles ${index + 1}` : ownName(language)
  const name = track.name ?? text.name ?? `${usual}${isForced ? ' (forced)' : ''}`
  const isNamed = track.name !== null
  return [{ cues: moved, language, name, isNamed, pointer, isDefault: track.default, isForced }]
}
