import type { HlsRequest } from '../../edit/output/extras.js'
import type { DerivedFiles, DerivedPass, StreamingProtocol } from '../model/plan.js'
import type { FinishedFilm } from './finished-file.js'
import { inputOf } from './sampled-frames.js'

/** Cuts finished renditions into segments, without encoding anything again. The sound is that of the first. */
export function deriveSegments(
  files: readonly [FinishedFilm, ...FinishedFilm[]],
  protocols: readonly StreamingProtocol[],
  hls: HlsRequest | null,
): DerivedPass {
  const [largest] = files
  const names = files.map(({ name }) => name).join(', ')
  return {
    name: 'package-stream',
    kind: 'package',
    summary: `${protocols.join(' and ')} of ${names}`,
    inputs: files.map((file) => inputOf(file)),
    sideFiles: [],
    graph: [],
    files: {
      form: 'segments',
      aspect: { width: largest.width, height: largest.height },
      hasAudio: largest.hasAudio,
      protocols,
      ...setsOf(files),
      ...(hls ? { hls: { audioOnly: hls.audio_only, iFrames: hls.i_frames } } : {}),
    },
    durationSec: Math.max(0, ...files.map(({ durationSec }) => durationSec)),
    outputNames: [protocols[0] ?? 'hls'],
    cost: 1,
  }
}

/** DASH has a set of its own for each kind of picture: a player that switches between them may show a flash. */
function setsOf(files: readonly FinishedFilm[]): Pick<Extract<DerivedFiles, { form: 'segments' }>, 'sets'> {
  const sets = new Map<string, number[]>()
  for (const [index, { pictureKind }] of files.entries()) {
    sets.set(pictureKind, [...(sets.get(pictureKind) ?? []), index])
  }
  return sets.size > 1 ? { sets: [...sets.values()] } : {}
}
