import { expect, test, vi } from 'vitest'
import { settle } from '../../../support/events/event-stream.js'
import { makeJob, makeView } from '../../../support/records.js'
import { manualWindows } from '../../manual-windows.js'
import { openRaw, startTestServer } from '../../support.js'

test('for a client that never reads, nothing is kept but its job, until its connection is cut', async () => {
  const windows = manualWindows()
  const server = await startTestServer(undefined, undefined, { eachWindow: windows.eachWindow })
  const job = makeJob({ config: { text: 'x'.repeat(300_000) } })
  server.useCases.addJob(job)
  const { socket, received } = openRaw(server.port)
  socket.pause()
  socket.write(`GET /api/v1/jobs/${job.id}/events HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  await expect.poll(server.useCases.followers).toBe(1)
  // 600 MB of events, if all were kept.
  for (let round = 1; round <= 2000; round += 1) {
    server.useCases.tellJob(job.id, makeView({ ...job, progress: round % 100 }))
    if (round % 100 === 0) await settle()
  }
  await vi.waitFor(() => {
    windows.end()
    expect(server.useCases.followers()).toBe(0)
  })
  const isClosed = new Promise((resolve) => socket.once('close', resolve))
  socket.resume()
  await isClosed
  expect(received().length).toBeLessThan(30_000_000)
  await server.close()
})
