import Joi from 'joi'
import type { PlanPreview } from '../../jobs/use-cases.js'
import { warningsSchema } from './warnings.js'
import { orNull, pixels, round, roundOrNull, seconds, shape, size, text } from './wire.js'

export const planSchema = shape({
  passes: Joi.array()
    .items(
      shape({
        name: text('Name of the pass, unique within the job'),
        kind: text('Name of the activity that runs the pass'),
        summary: text('What the pass does, for people'),
        cost: Joi.number().min(0).description('Relative effort, in megapixels to encode'),
        inputs: Joi.array().items(Joi.string().allow('')).description('Storage keys'),
        ffmpeg_arguments: Joi.array()
          .items(Joi.string().allow(''))
          .description('Arguments of the ffmpeg process, with storage keys in place of paths'),
      }),
    )
    .description('The ffmpeg processes that would run'),
  outputs: Joi.array()
    .items(
      shape({
        name: text('Unique within the job'),
        quality: orNull(text('Quality of the rendition; null: none was asked for')),
        container: text('Container, or kind of file'),
        key: text('Storage key'),
        pass: text('Name of the pass that makes the output'),
        duration: orNull(seconds()),
        width: orNull(pixels()),
        height: orNull(pixels()),
        max_file_size: orNull(size()).description(
          'Upper limit that follows from the maximum bit rates; null when one of them has no maximum',
        ),
      }),
    )
    .description('The files that would be made'),
  warnings: warningsSchema(),
})

export function presentPlan({ passes, outputs, warnings }: PlanPreview): object {
  return {
    passes: passes.map(({ ffmpegArguments, cost, ...pass }) => ({
      ...pass,
      cost: round(cost, 3),
      ffmpeg_arguments: ffmpegArguments,
    })),
    outputs: outputs.map((output) => ({
      name: output.name,
      quality: output.quality,
      container: output.container,
      key: output.key,
      pass: output.passName,
      duration: roundOrNull(output.durationSec, 6),
      width: output.width,
      height: output.height,
      max_file_size: output.maxSizeBytes,
    })),
    warnings: warnings.map(({ code, message }) => ({ code, message })),
  }
}
