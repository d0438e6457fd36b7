import type { Extras, Packaging } from '../../edit/extras.js'
import { assertNever } from '../../errors.js'
import type { Findings } from '../context.js'
import type { DerivedPass, OutputContainer, PlannedOutput, StreamingProtocol } from '../plan.js'
import type { FinishedFile } from './finished-file.js'
import { derivePoster } from './poster.js'
import { deriveSegments } from './segments.js'
import { deriveSprite } from './sprite.js'
import { deriveThumbnails } from './thumbnails.js'
import { deriveWaveform } from './waveform.js'

export interface Derived {
  readonly passes: readonly DerivedPass[]
  readonly outputs: readonly PlannedOutput[]
}

/** What is made from the renditions: pictures from the first, which is the largest, segments from all. */
export function compileDerived(
  extras: Extras,
  files: readonly FinishedFile[],
  outputPrefix: string,
  findings: Findings,
): Derived {
  const [largest, ...others] = files
  if (!largest) return { passes: [], outputs: [] }
  const made: { pass: DerivedPass; outputs: PlannedOutput[] }[] = []
  const add = (pass: DerivedPass, ...outputs: readonly Omit<PlannedOutput, 'passName' | 'quality'>[]) =>
    made.push({ pass, outputs: outputs.map((output) => ({ ...output, passName: pass.name, quality: null })) })
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
  if (protocols.length > 0) {
    const manifests = protocols.map((name) => inFolder(name, name, 'stream', MANIFESTS[name]))
    add(deriveSegments([largest, ...others], protocols), ...manifests)
  }
  if (extras.poster) add(derivePoster(largest), file('poster', 'jpg'))
  if (extras.thumbnails) {
    const list = inFolder('thumbnails', 'json', 'thumbnails', 'thumbnails.json')
    add(deriveThumbnails(largest, extras.thumbnails), list)
  }
  if (extras.sprite) {
    add(deriveSprite(largest, extras.sprite), inFolder('sprite', 'vtt', 'sprite', 'sprite.vtt'))
  }
  if (extras.waveform) {
    if (largest.hasAudio) add(deriveWaveform(largest, extras.waveform), file('waveform', 'png'))
    else findings.reject('/output/waveform', 'the result has no sound to draw')
  }
  return { passes: made.map(({ pass }) => pass), outputs: made.flatMap(({ outputs }) => outputs) }
}

/** What players open first. */
export const MANIFESTS: Readonly<Record<StreamingProtocol, string>> = {
  hls: 'master.m3u8',
  dash: 'manifest.mpd',
}

function protocolsOf(packaging: Packaging): StreamingProtocol[] {
  switch (packaging) {
    case 'none':
      return []
    case 'hls':
      return ['hls']
    case 'dash':
      return ['dash']
    case 'hls+dash':
      return ['hls', 'dash']
    default:
      return assertNever(packaging)
  }
}
