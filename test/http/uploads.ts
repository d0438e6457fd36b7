import { BOUNDARY, type Part } from './support.js'

/** The file of an upload, as a part of its form. */
export const clip = (content: string | Buffer = 'a video', filename = 'clip.mp4'): Part => ({
  name: 'file',
  filename,
  content,
})

/** The head of a POST as it is sent, for requests that no client would make. */
export const head = (fields: readonly string[], route = '/api/v1/upload') =>
  [`POST ${route} HTTP/1.1`, 'Host: localhost', ...fields, '', ''].join('\r\n')

export const MULTIPART = `Content-Type: multipart/form-data; boundary=${BOUNDARY}`
