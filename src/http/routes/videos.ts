import Joi from 'joi'
import { pictureFields, type PictureRequest } from '../../edit/picture.js'
import { EXAMPLE_IDS, VIDEO_EXAMPLE } from '../present/examples.js'
import { presentVideo, videoListSchema, videoSchema } from '../present/video.js'
import { json, madePicture, noContent, storedFile } from '../reply/reply.js'
import { idParams, toVideoId } from '../request/ids.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { FILE_ERRORS, fileAnswers, jsonAnswer, PICTURE_ERRORS, pictureAnswers } from './answers.js'

const pageQuery = Joi.object<{ skip: number; limit: number }>({
  skip: Joi.number().integer().min(0).max(2_147_483_647).default(0).description('Number of videos to skip'),
  limit: Joi.number()
    .integer()
    .min(1)
    .max(100)
    .default(100)
    .description('Maximum number of videos on a page'),
})

export const videoRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/videos',
    operationId: 'listVideos',
    tag: 'Videos',
    summary: 'List the videos, newest first',
    description: 'Those of the owner of the key, or of the whole server where no keys are required.',
    example: {
      parameters: { skip: 0, limit: 20 },
      answer: { videos: [VIDEO_EXAMPLE], total: 1, page: 1, limit: 20 },
    },
    query: pageQuery,
    answers: { 200: jsonAnswer('A page of videos', videoListSchema) },
    errors: [],
    handler: async ({ owner, audience, query: { skip, limit } }, { useCases }) => {
      const { videos, total } = await useCases.listVideos(owner, { skip, limit })
      const shown = videos.map((video) => presentVideo(video, audience))
      return json({ videos: shown, total, page: Math.floor(skip / limit) + 1, limit })
    },
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/videos/{id}',
    operationId: 'getVideo',
    tag: 'Videos',
    summary: 'Get a video',
    description:
      'What was measured of the file. While `status` is `processing` its measures are those that its header states.',
    example: { parameters: { id: EXAMPLE_IDS.video }, answer: VIDEO_EXAMPLE },
    params: idParams,
    answers: { 200: jsonAnswer('The video', videoSchema) },
    errors: ['video-not-found'],
    handler: async ({ owner, audience, params }, { useCases }) =>
      json(presentVideo(await useCases.getVideo(owner, toVideoId(params.id)), audience)),
  }),
  defineRoute({
    ...noInput,
    method: 'delete',
    scope: 'write',
    path: '/api/v1/videos/{id}',
    operationId: 'deleteVideo',
    tag: 'Videos',
    summary: 'Delete a video with its ended jobs and their outputs',
    description:
      'Refused while a job uses the video. The names of its outputs and their links are gone with it.',
    example: { parameters: { id: EXAMPLE_IDS.video } },
    params: idParams,
    answers: { 204: { description: 'The video was deleted', content: [] } },
    errors: ['video-not-found', 'video-in-use', 'storage-unavailable'],
    handler: async ({ owner, params }, { useCases }) => {
      await useCases.deleteVideo(owner, toVideoId(params.id))
      return noContent
    },
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/videos/{id}/frame',
    operationId: 'getFrame',
    tag: 'Videos',
    bucket: 'previews',
    summary: 'Get the picture of a video at a moment, as it is displayed',
    description:
      'Turned, in square pixels and in the colours of sRGB, as renditions show it. The frame is the one that is shown at ' +
      'that moment.',
    example: { parameters: { id: EXAMPLE_IDS.video, at: 1.5, width: 640 } },
    params: idParams,
    query: Joi.object<PictureRequest>(pictureFields),
    answers: { ...pictureAnswers, 304: { description: '`If-None-Match` has the ETag', content: [] } },
    errors: PICTURE_ERRORS,
    handler: async ({ owner, params, query }, { useCases }) =>
      madePicture(await useCases.showFrame(owner, toVideoId(params.id), query)),
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/videos/{id}/download',
    operationId: 'downloadVideo',
    tag: 'Videos',
    summary: 'Download the original file',
    description: 'The bytes as they were uploaded, under the name of the upload. Supports ranges.',
    example: { parameters: { id: EXAMPLE_IDS.video } },
    params: idParams,
    byLink: true,
    answers: fileAnswers,
    errors: ['video-not-found', ...FILE_ERRORS],
    handler: async ({ owner, params }, { useCases }) =>
      storedFile(await useCases.openVideo(owner, toVideoId(params.id))),
  }),
]
