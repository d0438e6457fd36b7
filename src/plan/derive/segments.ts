import type { HlsRequest } from '../../edit/output/extras.js'
import type { StreamedSound } from '../model/additions.js'
import type { DerivedFiles, DerivedPass, StreamingProtocol } from '../model/plan.js'
import { streamTracks } from '../tracks/add-tracks.js'
import type { TextTrack } from '../tracks/compile-tracks.js'
import type { FinishedFilm } from './finished-file.js'
import { inputOf } from './sampled-frames.js'

interface StreamContents {
  readonly hls: HlsRequest | null
  readonly subtitles: readonly TextTrack[]
  /** None: one track without a name. */
  readonly sounds: readonly StreamedSound[]
}

/** Cuts finished renditions into segments, without encoding anything again. The sound is that of the first. */
export function deriveSegments(
  files: readonly [FinishedFilm, ...FinishedFilm[]],
  protocols: readonly StreamingProtocol[],
  { hls, subtitles, sounds }: StreamContents,
): DerivedPass {
  const streamed = streamTracks(subtitles)
  const [largest] = files
  const names = files.map(({ name }) => name).join(', ')
  return {
    name: 'package-stream',
    kind: 'package',
    summary: `${protocols.join(' and ')} of ${names}`,
    inputs: files.map((file) => inputOf(file)),
    sideFiles: streamed.sideFiles,
    graph: [],
    files: {
      form: 'segments',
      aspect: { width: largest.width, height: largest.height },
      hasAudio: largest.hasAudio,
      protocols,
      ...setsOf(files),
      ...(largest.hasAudio && sounds.length > 0 ? { sounds: sounds.map(streamedSound) } : {}),
      ...(streamed.tracks.length > 0 ? { subtitles: streamed.tracks } : {}),
      ...(hls ? { hls: { audioOnly: hls.audio_only, iFrames: hls.i_frames } } : {}),
    },
    durationSec: Math.max(0, ...files.map(({ durationSec }) => durationSec)),
    outputNames: [protocols[0] ?? 'hls'],
    cost: 1,
  }
}

function streamedSound({ language, name, isDefault }: StreamedSound): StreamedSound {
  return { language, name, isDefault }
}

/** DASH has a set of its own for each kind of picture: a player that switches between them may show a flash. */
function setsOf(files: readonly FinishedFilm[]): Pick<Extract<DerivedFiles, { form: 'segments' }>, 'sets'> {
  const sets = new Map<string, number[]>()
  for (const [index, { pictureKind }] of files.entries()) {
    sets.set(pictureKind, [...(sets.get(pictureKind) ?? []), index])
  }
  return sets.size > 1 ? { sets: [...sets.values()] } : {}
}
