import Joi from 'joi'
import { pictureFields, type PictureRequest } from '../../edit/picture.js'
import { jsonBody } from '../body/json-body.js'
import { EXAMPLE_IDS, REQUEST_EXAMPLES } from '../present/examples.js'
import { madePicture } from '../reply/reply.js'
import { toVideoId } from '../request/ids.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { PICTURE_ERRORS, pictureAnswers } from './answers.js'
import { type EditBody, editSchema } from './edits.js'

interface PreviewBody extends PictureRequest {
  readonly edit: EditBody
}

const previewSchema = Joi.object<PreviewBody>({
  edit: editSchema
    .required()
    .description('As `POST /api/v1/edits` takes it. What is no part of the picture is checked as well'),
  ...pictureFields,
})

export const previewRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/edits/preview',
    operationId: 'previewEdit',
    tag: 'Edits',
    bucket: 'previews',
    summary: 'Get the picture that an edit shows at a moment of its result',
    description:
      'The picture is that of the largest rendition, frame for frame: made by the same filters, before it is encoded. ' +
      'Nothing is stored, and no job is created. `at` counts on the timeline of the result.',
    example: {
      body: { edit: { video_id: EXAMPLE_IDS.video, ...REQUEST_EXAMPLES.edit }, at: 1.5, width: 640 },
    },
    body: jsonBody('previewEdit', previewSchema),
    answers: pictureAnswers,
    errors: ['asset-not-found', ...PICTURE_ERRORS],
    handler: async ({ owner, body: { edit, ...picture } }, { useCases }) => {
      const { video_id: id, operations, output = null, audio = null, image = null } = edit
      const edited = { videoId: toVideoId(id), operations, output, audio, image }
      return madePicture(await useCases.previewPicture(owner, edited, picture))
    },
  }),
]
