import type { StreamedSound, StreamedSubtitles } from './additions.js'

/** What a pass makes from finished files. */
export type DerivedFiles =
  /** One of `count` JPEGs: the one with the most detail. */
  | { readonly form: 'best-image'; readonly pad: string; readonly count: number }
  /** One PNG. */
  | { readonly form: 'image'; readonly pad: string }
  /** A folder of numbered JPEGs, `<stem>-001.jpg`, together with the side files. */
  | { readonly form: 'images'; readonly pad: string; readonly stem: string; readonly count: number }
  /** A folder of CMAF segments of all inputs, with the manifests of the protocols. */
  | {
      readonly form: 'segments'
      /** Aspect ratio of the picture. Rounding to even pixels makes sizes differ from it a little. */
      readonly aspect: { readonly width: number; readonly height: number }
      readonly hasAudio: boolean
      readonly protocols: readonly StreamingProtocol[]
      /** Inputs whose pictures are coded alike, so that players switch between them; absent: all are. */
      readonly sets?: readonly (readonly number[])[]
      /** Tracks of sound, in the order of the first input; absent: one without a name, or none. */
      readonly sounds?: readonly StreamedSound[]
      /** Absent: none. */
      readonly subtitles?: readonly StreamedSubtitles[]
      /** Absent: the HLS stream has its renditions only. */
      readonly hls?: HlsAdditions
    }

/** What an HLS stream has besides its renditions. */
export interface HlsAdditions {
  readonly audioOnly: boolean
  readonly iFrames: boolean
}

export type StreamingProtocol = 'hls' | 'dash'
