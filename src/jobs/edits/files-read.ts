import type { Edit, Operation } from '../../edit/operation.js'
import type { ConcatOperation } from '../../edit/operations/concat.js'
import type { OverlayOperation } from '../../edit/operations/overlay.js'
import { splitTracks } from '../../edit/output/tracks.js'
import { assertNever } from '../../errors.js'
import type { VideoId } from '../model.js'

/** The files that an operation reads beside the material. Only these are loaded, and kept while the job needs them. */
interface FilesRead {
  readonly assets: readonly AssetRead[]
  readonly videos: readonly VideoRead[]
}

interface VideoRead {
  /** As the edit writes it. */
  readonly id: string
  /** Of the operation. */
  readonly field: string
}

interface AssetRead {
  readonly name: string
  /** Of the operation, as the end of a JSON pointer. */
  readonly field: string
}

function filesRead(op: Operation): FilesRead {
  switch (op.type) {
    case 'overlay':
      return { assets: layerAssets(op), videos: [] }
    case 'watermark':
      return { assets: [{ name: op.watermark_path, field: 'watermark_path' }], videos: [] }
    case 'replace_audio':
      return { assets: [{ name: op.audio, field: 'audio' }], videos: [] }
    case 'subtitles':
      return { assets: [{ name: op.subtitles, field: 'subtitles' }], videos: [] }
    case 'concat':
      return joinedFiles(op)
    case 'trim':
    case 'crop':
    case 'pad':
    case 'resize':
    case 'rotate':
    case 'flip':
    case 'speed':
    case 'fade':
    case 'volume':
    case 'mute':
    case 'loudness':
    case 'color':
    case 'blur':
    case 'vignette':
    case 'deinterlace':
    case 'zoom':
      return { assets: [], videos: [] }
    default:
      return assertNever(op)
  }
}

function joinedFiles({ videos }: ConcatOperation): FilesRead {
  const items = videos.map((item, index) => ({ ...item, at: `videos/${index}` }))
  return {
    assets: items.flatMap(({ image, at }) =>
      image === undefined ? [] : [{ name: image, field: `${at}/image` }],
    ),
    videos: items.flatMap(({ video_id: id, at }) =>
      id === undefined ? [] : [{ id, field: `${at}/video_id` }],
    ),
  }
}

function layerAssets(op: OverlayOperation): AssetRead[] {
  switch (op.overlay_type) {
    case 'text':
      return op.font === null ? [] : [{ name: op.font, field: 'font' }]
    case 'image':
    case 'video':
      return [{ name: op.content, field: 'content' }]
    default:
      return assertNever(op)
  }
}

type Reader = Pick<Edit, 'operations'> & Partial<Pick<Edit, 'output'>>

/** Names of the assets that an edit reads, each once. */
export function assetNames(edit: Reader): string[] {
  return [...new Set(namedAssets(edit).map(({ name }) => name))]
}

export interface NamedAsset {
  readonly name: string
  /** Where in the edit, as a JSON pointer. */
  readonly pointer: string
}

/** Assets that an edit reads, wherever it names them. */
export function namedAssets({ operations, output }: Reader): NamedAsset[] {
  const tracks = splitTracks(output ?? null).tracks.subtitles
  return [
    ...operations.flatMap((op, index) =>
      filesRead(op).assets.map(({ name, field }) => ({ name, pointer: `/operations/${index}/${field}` })),
    ),
    ...tracks.flatMap(({ subtitles: name }, index) => {
      return name === null ? [] : [{ name, pointer: `/output/subtitles/${index}/subtitles` }]
    }),
  ]
}

/** Numbers of the video's own tracks of text that an edit keeps, each once. */
export function keptTexts({ output }: Partial<Pick<Edit, 'output'>>): number[] {
  return [...new Set(splitTracks(output ?? null).tracks.subtitles.flatMap(({ track }) => track ?? []))]
}

export interface NamedVideo {
  /** As the edit writes it. */
  readonly text: string
  readonly id: VideoId
  /** Where in the edit, as a JSON pointer. */
  readonly pointer: string
}

/** Videos that an edit reads beside its own. */
export function namedVideos(operations: readonly Operation[]): NamedVideo[] {
  return operations.flatMap((op, index) =>
    filesRead(op).videos.map(({ id: text, field }) => ({
      text,
      id: text.toLowerCase() as VideoId,
      pointer: `/operations/${index}/${field}`,
    })),
  )
}

/** Ids of the videos that an edit reads beside its own, each once. */
export function otherVideoIds(operations: readonly Operation[]): VideoId[] {
  return [...new Set(namedVideos(operations).map(({ id }) => id))]
}
