import Joi from 'joi'
import type { JobId, VideoId } from '../../jobs/model.js'

/** An id in a path or a query. */
export const uuid = () => Joi.string().guid({ separator: '-', wrapper: false })

export const idParams = Joi.object<{ id: string }>({ id: uuid().required() })

export function toVideoId(text: string): VideoId {
  return canonical(text) as VideoId
}

export function toJobId(text: string): JobId {
  return canonical(text) as JobId
}

/** Ids are stored in lower case with hyphens; clients may write them in any case. */
function canonical(text: string): string {
  const digits = text.toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
