import type { CodePoints } from './track-header.js'

/** A track as ffmpeg's DASH manifest describes it. */
export interface ManifestTrack {
  readonly id: string
  /** Frames per second as a fraction; null: the track has no picture. */
  readonly frameRate: string | null
  /** `1280x720` */
  readonly size: string | null
  readonly channels: string | null
}

export function readTracks(manifest: string): ManifestTrack[] {
  const sets = manifest.split('<AdaptationSet').slice(1)
  return sets.flatMap((set) =>
    set
      .split('<Representation')
      .slice(1)
      .map((text) => {
        const [width, height] = [attribute(text, 'width'), attribute(text, 'height')]
        return {
          id: attribute(text, 'id') ?? '',
          frameRate: attribute(text, 'frameRate') ?? attribute(set, 'frameRate'),
          size: width && height ? `${width}x${height}` : null,
          channels: /audio_channel_configuration:2011" value="(\d+)"/.exec(text)?.[1] ?? null,
        }
      }),
  )
}

/** The first attribute of that name in a piece of the manifest. */
function attribute(text: string, name: string): string | null {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(text)?.[1] ?? null
}

/** What the segments themselves say of a track. */
export interface TrackFacts {
  readonly id: string
  readonly codecs: string
  readonly colour: CodePoints | null
  /** Bits per second. */
  readonly peak: number
}

/**
 * The manifest with what ffmpeg leaves out or guesses: whole names of codecs, bit rates, the length of the longest
 * segment, and the colours. Representations have parameter sets of their own, so their segments cannot follow each other
 * without a new initialisation segment, as `bitstreamSwitching` claims.
 */
export function completeManifest(
  manifest: string,
  tracks: readonly TrackFacts[],
  maxSegmentSec: number,
): string {
  const byId = new Map(tracks.map((track) => [track.id, track]))
  return manifest
    .replace(/ bitstreamSwitching="true"/g, '')
    .replace(/maxSegmentDuration="[^"]*"/, `maxSegmentDuration="PT${maxSegmentSec.toFixed(3)}S"`)
    .replace(/<Representation id="([^"]*)"[^>]*>/g, (tag: string, id: string) => {
      const track = byId.get(id)
      if (!track) return tag
      return setAttribute(
        setAttribute(tag, 'codecs', track.codecs),
        'bandwidth',
        String(Math.ceil(track.peak)),
      )
    })
    .replace(/(?<!\s)(\s*)<AdaptationSet[^>]*>(?=\s*<Representation id="([^"]*)")/g, withColours(byId))
}

/** The manifest with further adaptation sets behind those that it has, whose number the lines of the new ones need. */
export function addSets(manifest: string, linesOf: (count: number) => readonly string[]): string {
  const lines = linesOf(manifest.split('<AdaptationSet').length - 1)
  if (lines.length === 0) return manifest
  return manifest.replace(/(?<![\t ])[\t ]*<\/Period>/, (end) => [...lines, end].join('\n'))
}

function setAttribute(tag: string, name: string, value: string): string {
  return tag.replace(new RegExp(`(\\s${name}=)"[^"]*"`), `$1"${value}"`)
}

/**
 * Adds the colours of an adaptation set, whose representations all have the same. As supplemental properties they are
 * read by players that know them; players refuse essential ones that they do not know:
 * https://github.com/Dash-Industry-Forum/dash.js/issues/4384.
 */
function withColours(byId: ReadonlyMap<string, TrackFacts>) {
  return (tag: string, indent: string, firstId: string): string => {
    const colour = byId.get(firstId)?.colour
    if (!colour) return tag
    const property = (scheme: string, value: number) =>
      `${indent}\t<SupplementalProperty schemeIdUri="urn:mpeg:mpegB:cicp:${scheme}" value="${value}" />`
    return [
      tag,
      property('ColourPrimaries', colour.primaries),
      property('TransferCharacteristics', colour.transfer),
      property('MatrixCoefficients', colour.matrix),
    ].join('')
  }
}
