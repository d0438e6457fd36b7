/** Makes frames of the fields of an interlaced source; the frame rate stays. */
export interface DeinterlaceOperation {
  readonly type: 'deinterlace'
}
