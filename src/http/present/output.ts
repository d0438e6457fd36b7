import Joi from 'joi'
import { outputDownloadPath } from '../../jobs/api-paths.js'
import { JOB_TYPES, type Output } from '../../jobs/model.js'
import type { Audience } from './audience.js'
import {
  count,
  fileUrl,
  id,
  orNull,
  pixels,
  presentTime,
  round,
  roundOrNull,
  seconds,
  sha256,
  shape,
  size,
  text,
  time,
} from './wire.js'

export const outputSchema = shape({
  processed_video_id: id('the output'),
  name: text('Unique within the job'),
  processing_type: Joi.string()
    .valid(...JOB_TYPES)
    .description('Type of the job that made it'),
  quality: orNull(text('Quality of the rendition, for instance `720p`; null: none was asked for')),
  container: text('Container, or kind of file'),
  video_codec: orNull(text('Codec of the picture; null: it has none')),
  audio_codec: orNull(text('Codec of the sound; null: it has none')),
  width: orNull(pixels()),
  height: orNull(pixels()),
  frame_rate: orNull(Joi.number().min(0)).description('Frames per second'),
  duration: seconds(),
  file_size: size(),
  bit_rate: orNull(count('Bits per second')),
  sha256: sha256(),
  download_url: fileUrl('URL path to download the file'),
  file_url: fileUrl('URL path for players'),
  created_at: time('When it was finished'),
}).description('A finished file of a job')

export function presentOutput(output: Output, { link }: Audience): object {
  const download = outputDownloadPath(output.jobId, output.name)
  return {
    processed_video_id: output.id,
    name: output.name,
    processing_type: output.processingType,
    quality: output.quality,
    container: output.container,
    video_codec: output.videoCodec,
    audio_codec: output.audioCodec,
    width: output.width,
    height: output.height,
    frame_rate: roundOrNull(output.frameRate, 3),
    duration: round(output.duration, 6),
    file_size: output.fileSize,
    bit_rate: output.bitRate,
    sha256: output.sha256,
    download_url: link(download),
    file_url: outputFileUrl(output, { link }),
    created_at: presentTime(output.createdAt),
  }
}

/** The path at which the file of a storage key is served. */
export function keyPath(key: string): string {
  return `/${key.split('/').map(encodeURIComponent).join('/')}`
}

export function outputFileUrl(output: Output, { link }: Pick<Audience, 'link'>): string {
  return link(keyPath(output.filePath))
}
