import type { Extras } from '../../edit/output/extras.js'
import type { Findings } from '../context.js'
import type { StreamedSound } from '../model/additions.js'
import type { DerivedPass, OutputContainer, PlannedOutput, StreamingProtocol } from '../model/plan.js'
import type { TextTrack } from '../tracks/compile-tracks.js'
import { checkExtras } from './check-extras.js'
import type { FinishedFile } from './finished-file.js'
import { derivePoster } from './poster.js'
import { protocolsOf } from './protocols.js'
import { deriveSegments } from './segments.js'
import { deriveSprite } from './sprite.js'
import { deriveThumbnails } from './thumbnails.js'
import { deriveWaveform } from './waveform.js'

export interface Derived {
  readonly passes: readonly DerivedPass[]
  readonly outputs: readonly PlannedOutput[]
}

/** What a job has rendered. */
interface FinishedWork {
  readonly files: readonly FinishedFile[]
  /** For streams. */
  readonly subtitles: readonly TextTrack[]
  readonly sounds: readonly StreamedSound[]
}

/** Outputs that are made from other outputs have neither. */
const NO_ORIGIN = { quality: null, fingerprint: null }

const NOTHING: Derived = { passes: [], outputs: [] }

/**
 * The passes that make the extras of an edit from its finished renditions: pictures from the first, which is
 * the largest, segments from all.
 */
export function compileDerived(
  extras: Extras,
  { files, subtitles, sounds }: FinishedWork,
  outputPrefix: string,
  findings: Findings,
): Derived {
  if (!checkExtras(extras, files, findings)) return NOTHING
  const films = files.flatMap((file) => (file.kind === 'film' ? [file] : []))
  const made: { pass: DerivedPass; outputs: PlannedOutput[] }[] = []
  const add = (
    pass: DerivedPass,
    ...outputs: readonly Omit<PlannedOutput, 'passName' | 'quality' | 'fingerprint'>[]
  ) =>
    made.push({
      pass,
      outputs: outputs.map((output) => ({ ...output, passName: pass.name, ...NO_ORIGIN })),
    })
  const file = (name: string, container: OutputContainer) => ({
    name,
    container,
    key: `${outputPrefix}${name}.${container}`,
    folder: null,
  })
  const inFolder = (name: string, container: OutputContainer, folder: string, main: string) => ({
    name,
    container,
    key: `${outputPrefix}${folder}/${main}`,
    folder: `${outputPrefix}${folder}/`,
  })

  const protocols = protocolsOf(extras.packaging)
  const [largest, ...others] = films
  if (largest && protocols.length > 0) {
    const manifests = protocols.map((name) => inFolder(name, name, 'stream', MANIFESTS[name]))
    add(deriveSegments([largest, ...others], protocols, { hls: extras.hls, subtitles, sounds }), ...manifests)
  }
  if (largest && extras.poster) add(derivePoster(largest), file('poster', 'jpg'))
  if (largest && extras.thumbnails) {
    const list = inFolder('thumbnails', 'json', 'thumbnails', 'thumbnails.json')
    add(deriveThumbnails(largest, extras.thumbnails), list)
  }
  if (largest && extras.sprite) {
    add(deriveSprite(largest, extras.sprite), inFolder('sprite', 'vtt', 'sprite', 'sprite.vtt'))
  }
  const [heard] = files
  if (heard && extras.waveform) add(deriveWaveform(heard, extras.waveform), file('waveform', 'png'))
  return { passes: made.map(({ pass }) => pass), outputs: made.flatMap(({ outputs }) => outputs) }
}

/** The file that players open first. */
const MANIFESTS: Readonly<Record<StreamingProtocol, string>> = {
  hls: 'master.m3u8',
  dash: 'manifest.mpd',
}
