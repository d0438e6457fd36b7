import Joi from 'joi'
import { type Asset, ASSET_KINDS } from '../../jobs/model.js'
import type { Audience } from './audience.js'
import {
  fileUrl,
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

export const assetSchema = shape({
  name: text('Name by which edits refer to it'),
  kind: Joi.string()
    .valid(...ASSET_KINDS)
    .description('What the bytes of the file are'),
  file_size: size(),
  mime_type: text('Media type, found from the bytes'),
  width: orNull(pixels()),
  height: orNull(pixels()),
  duration: orNull(seconds()),
  sha256: sha256(),
  download_url: fileUrl('URL path to download the file'),
  created_at: time('When it was uploaded'),
}).description('An image, clip, sound, subtitle file or font that edits refer to by name')

export const assetListSchema = shape({ assets: Joi.array().items(assetSchema).description('By name') })

export function presentAsset(asset: Asset, { link }: Audience): object {
  const { facts } = asset
  return {
    name: asset.name,
    kind: asset.kind,
    file_size: asset.fileSize,
    mime_type: asset.mimeType,
    width: facts?.video?.width ?? null,
    height: facts?.video?.height ?? null,
    duration: facts === null || asset.kind === 'image' ? null : round(facts.durationSec, 6),
    sha256: asset.sha256,
    download_url: link(`/api/v1/assets/${asset.name}/download`),
    created_at: presentTime(asset.createdAt),
  }
}
