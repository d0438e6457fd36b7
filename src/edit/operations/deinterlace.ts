/** Makes whole frames from the fields of an interlaced source, at the same frame rate. */
export interface DeinterlaceOperation {
  readonly type: 'deinterlace'
}
