import Joi from 'joi'
import { assetNameSchema } from '../../edit/fields/common.js'
import { AppError } from '../../errors.js'
import { multipartBody } from '../body/multipart-body.js'
import { assetListSchema, assetSchema, presentAsset } from '../present/asset.js'
import { ASSET_EXAMPLE } from '../present/examples.js'
import { json, noContent, storedFile } from '../reply/reply.js'
import { idempotencyHeaders } from '../request/idempotency.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { FILE_ERRORS, fileAnswers, jsonAnswer } from './answers.js'

const nameParams = Joi.object<{ name: string }>({
  name: assetNameSchema.required().description('Name of the asset'),
})

const assetFields = Joi.object<{ name?: string }>({
  name: assetNameSchema.description("Name by which edits refer to the asset; absent: the file's own name"),
})

export const assetRoutes: readonly Route[] = [
  defineRoute({
    ...noInput,
    method: 'post',
    scope: 'write',
    path: '/api/v1/assets',
    operationId: 'createAsset',
    tag: 'Assets',
    bucket: 'uploads',
    summary: 'Upload an image, video, sound, subtitle or font file for use in edits',
    description:
      'With an `Idempotency-Key`, uploading the same file under the same name again returns the existing asset.',
    example: { body: { file: 'logo.png', name: 'logo.png' }, answer: ASSET_EXAMPLE },
    headers: idempotencyHeaders,
    body: multipartBody(assetFields),
    answers: { 201: jsonAnswer('The asset', assetSchema, { Location: 'URL of the asset' }) },
    errors: [
      'unsupported-media',
      'source-damaged',
      'request-too-costly',
      'rate-limited',
      'asset-exists',
      'disk-full',
      'storage-quota-exceeded',
    ],
    handler: async ({ owner, audience, headers, body }, { useCases }) => {
      const name = body.fields.name ?? checkOwnName(body.file.originalFilename)
      const asset = await useCases.createAsset(owner, name, body.file, {
        mayRepeat: headers['idempotency-key'] !== undefined,
      })
      return json(presentAsset(asset, audience), 201, { Location: `/api/v1/assets/${asset.name}` })
    },
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/assets',
    operationId: 'listAssets',
    tag: 'Assets',
    summary: 'List all assets',
    description:
      'Those that were uploaded, and those that the operator of the server has placed in its folder.',
    example: { answer: { assets: [ASSET_EXAMPLE] } },
    answers: { 200: jsonAnswer('All assets', assetListSchema) },
    errors: ['storage-unavailable'],
    handler: async ({ owner, audience }, { useCases }) => {
      const assets = await useCases.listAssets(owner)
      return json({ assets: assets.map((asset) => presentAsset(asset, audience)) })
    },
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/assets/{name}',
    operationId: 'getAsset',
    tag: 'Assets',
    summary: 'Get an asset',
    description: 'What was measured of the current file of that name.',
    example: { parameters: { name: 'logo.png' }, answer: ASSET_EXAMPLE },
    params: nameParams,
    answers: { 200: jsonAnswer('The asset', assetSchema) },
    errors: ['asset-not-found', 'storage-unavailable'],
    handler: async ({ owner, audience, params }, { useCases }) =>
      json(presentAsset(await useCases.getAsset(owner, params.name), audience)),
  }),
  defineRoute({
    ...noInput,
    method: 'delete',
    scope: 'write',
    path: '/api/v1/assets/{name}',
    operationId: 'deleteAsset',
    tag: 'Assets',
    summary: 'Delete an asset',
    description:
      'The name is free at once. Jobs that were accepted with the asset keep the bytes for as long as they may need them.',
    example: { parameters: { name: 'logo.png' } },
    params: nameParams,
    answers: { 204: { description: 'The asset was deleted', content: [] } },
    errors: ['asset-not-found', 'storage-unavailable'],
    handler: async ({ owner, params }, { useCases }) => {
      await useCases.deleteAsset(owner, params.name)
      return noContent
    },
  }),
  defineRoute({
    ...noInput,
    method: 'get',
    scope: 'read',
    path: '/api/v1/assets/{name}/download',
    operationId: 'downloadAsset',
    tag: 'Assets',
    summary: 'Download the file of an asset',
    description: 'The current bytes of that name. Supports ranges.',
    example: { parameters: { name: 'logo.png' } },
    params: nameParams,
    byLink: true,
    answers: fileAnswers,
    errors: ['asset-not-found', ...FILE_ERRORS],
    handler: async ({ owner, params }, { useCases }) =>
      storedFile(await useCases.openAsset(owner, params.name)),
  }),
]

/** Returns the name of the file if it is a valid asset name. */
function checkOwnName(fileName: string): string {
  if (assetNameSchema.validate(fileName).error === undefined) return fileName
  const issues = [
    { pointer: '/name', message: "is required, because the file's own name is not a valid asset name" },
  ]
  throw new AppError(
    'request-invalid',
    `"${fileName}" is not a valid asset name. Give one in "name": letters, digits, ".", "_" and "-".`,
    {
      issues,
    },
  )
}
