import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { sendPicture } from '../../../src/http/reply/send-picture.js'
import type { Picture } from '../../../src/jobs/use-cases.js'

/** Stands in for a picture that takes until its client has gone. */
function createPicture() {
  const begun: AbortSignal[] = []
  const picture: Picture = {
    hash: null,
    contentType: 'image/jpeg',
    make: async (signal) => {
      begun.push(signal)
      await once(signal, 'abort')
      throw signal.reason
    },
  }
  return { picture, begun }
}

async function listen(app: express.Express): Promise<{ server: Server; port: number }> {
  const server = createServer(app).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

test('a picture is not made for a client that went away while it was planned', async () => {
  const { picture, begun } = createPicture()
  const app = express()
  const answered = new Promise<void>((resolve, reject) => {
    app.get('/', (req, res) => {
      client.destroy()
      res.once('close', () => {
        sendPicture({ req, res }, picture).then(resolve, reject)
      })
    })
  })
  const { port } = await listen(app)
  const client = request({ host: '127.0.0.1', port }).on('error', () => {})
  client.end()
  await answered
  expect(begun).toEqual([])
})

test('the making of a picture ends when its client goes away', async () => {
  const { picture, begun } = createPicture()
  const app = express()
  const answered = new Promise<void>((resolve, reject) => {
    app.get('/', (req, res) => {
      sendPicture({ req, res }, picture).then(resolve, reject)
      client.destroy()
    })
  })
  const { port } = await listen(app)
  const client = request({ host: '127.0.0.1', port }).on('error', () => {})
  client.end()
  await answered
  expect(begun.map(({ aborted }) => aborted)).toEqual([true])
})
