import type { Operation } from '../../edit/operation.js'
import type { OverlayOperation } from '../../edit/operations/overlay.js'
import { assertNever } from '../../errors.js'
import type { VideoId } from '../model.js'

/** The files that an operation reads beside the material. Only these are loaded, and kept while the job needs them. */
interface FilesRead {
  /** Names of assets. */
  readonly assets: readonly string[]
  /** Ids of other videos, as the edit writes them, in the order of the operation's field `videos`. */
  readonly videos: readonly string[]
}

function filesRead(op: Operation): FilesRead {
  switch (op.type) {
    case 'overlay':
      return { assets: layerAssets(op), videos: [] }
    case 'watermark':
      return { assets: [op.watermark_path], videos: [] }
    case 'replace_audio':
      return { assets: [op.audio], videos: [] }
    case 'subtitles':
      return { assets: [op.subtitles], videos: [] }
    case 'concat':
      return { assets: [], videos: op.videos.map(({ video_id }) => video_id) }
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
      return { assets: [], videos: [] }
    default:
      return assertNever(op)
  }
}

function layerAssets(op: OverlayOperation): string[] {
  switch (op.overlay_type) {
    case 'text':
      return op.font === null ? [] : [op.font]
    case 'image':
    case 'video':
      return [op.content]
    default:
      return assertNever(op)
  }
}

/** Names of the assets that an edit reads, each once. */
export function assetNames(operations: readonly Operation[]): string[] {
  return [...new Set(operations.flatMap((op) => filesRead(op).assets))]
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
    filesRead(op).videos.map((text, position) => ({
      text,
      id: text.toLowerCase() as VideoId,
      pointer: `/operations/${index}/videos/${position}/video_id`,
    })),
  )
}

/** Ids of the videos that an edit reads beside its own, each once. */
export function otherVideoIds(operations: readonly Operation[]): VideoId[] {
  return [...new Set(namedVideos(operations).map(({ id }) => id))]
}
