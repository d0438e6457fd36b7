import Joi from 'joi'
import { videoPath } from '../../jobs/api-paths.js'
import { type Video, VIDEO_STATUSES } from '../../jobs/model.js'
import { damageOf } from '../../jobs/videos.js'
import type { Audience } from './audience.js'
import {
  count,
  fileUrl,
  id,
  orNull,
  pixels,
  presentTime,
  round,
  seconds,
  sha256,
  shape,
  size,
  text,
  time,
} from './wire.js'

export const videoSchema = shape({
  id: id('the video'),
  filename: text('Name of the stored file: `/uploads/{filename}`'),
  original_filename: text('Name of the file as it was uploaded'),
  file_size: size(),
  duration: seconds(),
  width: orNull(pixels()),
  height: orNull(pixels()),
  format: text('Container format, as ffprobe names it'),
  mime_type: text('Media type, found from the bytes'),
  upload_time: time('When the upload had arrived'),
  status: Joi.string()
    .valid(...VIDEO_STATUSES)
    .description(
      '`processing`: it is being measured; `ready`: it can be edited; `failed`: it cannot be read',
    ),
  frame_rate: orNull(Joi.number().min(0)).description('Frames per second'),
  rotation: orNull(Joi.number().valid(0, 90, 180, 270)).description(
    'Degrees clockwise by which a player turns the picture',
  ),
  video_codec: orNull(text('Codec of the picture; null: it has none')),
  audio_codec: orNull(text('Codec of the first sound track; null: there is none')),
  bit_rate: orNull(count('Bits per second')),
  damage: orNull(text('What is missing or damaged in the file; null: no damage was found')),
  sha256: sha256(),
  download_url: fileUrl('URL path to download the original file'),
  poster_url: orNull(fileUrl('URL path of the poster, a JPEG; null: there is none')),
}).description('An uploaded file, as it was measured')

export const videoListSchema = shape({
  videos: Joi.array().items(videoSchema).description('Newest first'),
  total: count('Number of all videos'),
  page: Joi.number().integer().min(1).description('Number of the page that `skip` lies on, counted from 1'),
  limit: Joi.number().integer().min(1).description('The `limit` of the request'),
})

export function presentVideo(video: Video, { link }: Audience): object {
  const { facts } = video
  const picture = facts.video
  return {
    id: video.id,
    filename: video.filename,
    original_filename: video.originalFilename,
    file_size: video.fileSize,
    duration: round(facts.durationSec, 6),
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    format: facts.format,
    mime_type: video.mimeType,
    upload_time: presentTime(video.uploadTime),
    status: video.status,
    frame_rate: picture ? round(picture.frameRate.num / picture.frameRate.den, 3) : null,
    rotation: picture?.rotation ?? null,
    video_codec: picture?.codec ?? null,
    audio_codec: facts.audio[0]?.codec ?? null,
    bit_rate: facts.bitRate,
    damage: damageOf(video),
    sha256: video.sha256,
    download_url: link(`${videoPath(video.id)}/download`),
    poster_url: video.posterPath === null ? null : link(`/${video.posterPath}`),
  }
}
