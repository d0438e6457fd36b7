import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Joi from 'joi'
import { AppError } from '../../errors.js'
import { PACKAGE_ROOT } from '../package-root.js'
import type { PageReply } from '../reply/reply.js'
import { CONSOLE_POLICY, NO_CONTENT_POLICY, REDOC_POLICY, SWAGGER_POLICY } from '../reply/security-headers.js'
import { anyFields } from '../request/fields.js'
import { defineRoute, noInput, type Route } from '../route.js'

const HTML = 'text/html; charset=utf-8'
const CSS = 'text/css; charset=utf-8'
const JAVASCRIPT = 'text/javascript; charset=utf-8'
const SVG = 'image/svg+xml'

const CONSOLE_DIR = findConsoleDir()
const SWAGGER_DIR = packageDir('swagger-ui-dist')
const REDOC_DIR = packageDir('redoc')

/** The page at `/`. */
export const consolePage = page(HTML, { path: join(CONSOLE_DIR, 'index.html') }, CONSOLE_POLICY)

export const pageRoutes: readonly Route[] = [
  pageRoute('/docs', 'getSwaggerUi', 'Read the API documentation in Swagger UI', () =>
    page(HTML, { path: join(CONSOLE_DIR, 'docs.html') }, SWAGGER_POLICY),
  ),
  pageRoute('/redoc', 'getRedoc', 'Read the API documentation in Redoc', () =>
    page(HTML, { path: join(CONSOLE_DIR, 'redoc.html') }, REDOC_POLICY),
  ),
  partsRoute('/console/{file}', 'getConsolePart', consoleParts()),
  partsRoute('/docs/{file}', 'getSwaggerUiPart', {
    'swagger-ui.css': () => part(CSS, join(SWAGGER_DIR, 'swagger-ui.css')),
    'swagger-ui-bundle.js': () => part(JAVASCRIPT, join(SWAGGER_DIR, 'swagger-ui-bundle.js')),
  }),
  partsRoute('/redoc/{file}', 'getRedocPart', { 'redoc.js': redocBundle }),
]

/** Every file in the console's folder except its HTML pages. */
function consoleParts(): Record<string, () => PageReply> {
  const types: Readonly<Record<string, string>> = { '.css': CSS, '.js': JAVASCRIPT, '.svg': SVG }
  return Object.fromEntries(
    readdirSync(CONSOLE_DIR).flatMap((name) => {
      const contentType = types[extname(name)]
      return contentType === undefined ? [] : [[name, () => part(contentType, join(CONSOLE_DIR, name))]]
    }),
  )
}

/** Redoc without the logo of its maker, which would be fetched from another host. The page then shows none. */
function redocBundle(): PageReply {
  const bundle = readFileSync(join(REDOC_DIR, 'bundles', 'redoc.standalone.js'), 'utf8')
  const text = bundle.replaceAll(/https:\/\/cdn\.redoc\.ly\/[\w./-]+/g, 'data:,')
  return page(JAVASCRIPT, { text }, NO_CONTENT_POLICY)
}

function part(contentType: string, path: string): PageReply {
  return page(contentType, { path }, NO_CONTENT_POLICY)
}

function page(contentType: string, content: PageReply['content'], contentSecurityPolicy: string): PageReply {
  return { kind: 'page', contentType, content, contentSecurityPolicy }
}

function pageRoute(path: string, operationId: string, summary: string, make: () => PageReply): Route {
  return defineRoute({
    ...noInput,
    method: 'get',
    scope: 'open',
    path,
    operationId,
    tag: 'System',
    summary,
    description: 'The page shows `/openapi.json`. It loads nothing from other hosts.',
    query: anyFields,
    answers: { 200: { description: 'The page', content: [{ type: 'text/html' }] } },
    errors: [],
    handler: make,
  })
}

function partsRoute(
  path: string,
  operationId: string,
  parts: Readonly<Record<string, () => PageReply>>,
): Route {
  const cache = new Map<string, PageReply>()
  return defineRoute({
    ...noInput,
    method: 'get',
    scope: 'open',
    path,
    operationId,
    tag: 'System',
    summary: 'Get a script or style of a page',
    description: 'Parts of the pages of this server.',
    isHidden: true,
    params: Joi.object<{ file: string }>({ file: Joi.string().required().description('Name of the file') }),
    query: anyFields,
    answers: {},
    errors: ['file-not-found'],
    handler: ({ params: { file } }) => {
      const make = Object.hasOwn(parts, file) ? parts[file] : undefined
      const reply = cache.get(file) ?? make?.()
      if (reply === undefined) throw new AppError('file-not-found', 'The page has no file with this name.')
      cache.set(file, reply)
      return reply
    },
  })
}

/** The folder beside this one, in the source or, if the build has copied it, in the build. */
function findConsoleDir(): string {
  const beside = fileURLToPath(new URL('../console', import.meta.url))
  return existsSync(beside) ? beside : join(PACKAGE_ROOT, 'src', 'http', 'console')
}

function packageDir(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
}
