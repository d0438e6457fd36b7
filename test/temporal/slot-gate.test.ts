import { expect, test } from 'vitest'
import { createSlotGate } from '../../src/temporal/slot-gate.js'

const CONTEXT = {
  slotType: 'activity',
  taskQueue: 'media',
  workerIdentity: 'worker',
  workerBuildId: '',
  isSticky: false,
} as const
const PERMIT = { permit: {} }

/** As the SDK asks for slots. `granted` says, in the order of asking, which requests have been granted. */
function askFor(gate: ReturnType<typeof createSlotGate>, count: number) {
  const stopping = new AbortController()
  const granted = Array.from({ length: count }, () => false)
  const requests = granted.map(async (_, index) => {
    await gate.supplier.reserveSlot(CONTEXT, stopping.signal)
    granted[index] = true
  })
  return { granted, stop: () => stopping.abort(), settled: () => Promise.allSettled(requests) }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('grants as many as there are slots, and the next when one is given back', async () => {
  const gate = createSlotGate(2)
  const { granted } = askFor(gate, 4)
  await turn()
  expect(granted).toEqual([true, true, false, false])
  gate.supplier.releaseSlot(PERMIT)
  await turn()
  expect(granted).toEqual([true, true, true, false])
})

test('an attempt that leaves makes room for one other, however often it says so', async () => {
  const gate = createSlotGate(1)
  const { granted } = askFor(gate, 3)
  const attempt = gate.enter()
  attempt.leave()
  attempt.leave()
  await turn()
  expect(granted).toEqual([true, true, false])
  // Its end frees nothing more: the other holds the slot.
  attempt.end()
  gate.supplier.releaseSlot(PERMIT)
  await turn()
  expect(granted).toEqual([true, true, false])
  gate.supplier.releaseSlot(PERMIT)
  await turn()
  expect(granted).toEqual([true, true, true])
})

test('an attempt that never leaves holds its slot to the end', async () => {
  const gate = createSlotGate(1)
  const { granted } = askFor(gate, 2)
  gate.enter().end()
  await turn()
  expect(granted).toEqual([true, false])
  gate.supplier.releaseSlot(PERMIT)
  await turn()
  expect(granted).toEqual([true, true])
})

test('a request that is given up takes no slot', async () => {
  const gate = createSlotGate(1)
  const first = askFor(gate, 1)
  const second = askFor(gate, 1)
  const third = askFor(gate, 1)
  await turn()
  second.stop()
  expect(await second.settled()).toMatchObject([{ status: 'rejected', reason: { name: 'AbortError' } }])
  gate.supplier.releaseSlot(PERMIT)
  await turn()
  expect([first, second, third].map(({ granted }) => granted)).toEqual([[true], [false], [true]])
})

test('what must not wait is told at once', () => {
  const gate = createSlotGate(1)
  expect(gate.supplier.tryReserveSlot(CONTEXT)).not.toBeNull()
  expect(gate.supplier.tryReserveSlot(CONTEXT)).toBeNull()
})
