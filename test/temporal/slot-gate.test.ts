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

/** Requests slots as the SDK does. `granted` tells which of them were granted, in the order of the requests. */
function askFor(gate: ReturnType<typeof createSlotGate>, count: number) {
  const stopping = new AbortController()
  const granted = Array.from({ length: count }, () => false)
  const requests = granted.map(async (_, index) => {
    await gate.supplier.reserveSlot(CONTEXT, stopping.signal)
    granted[index] = true
  })
  return {
    granted,
    stop: (reason: string) => stopping.abort(reason),
    settled: () => Promise.allSettled(requests),
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('the gate grants as many requests as there are slots, and the next one when a slot is given back', async () => {
  const gate = createSlotGate(2)
  const { granted } = askFor(gate, 4)
  await turn()
  expect(granted).toEqual([true, true, false, false])
  gate.supplier.releaseSlot(PERMIT)
  await turn()
  expect(granted).toEqual([true, true, true, false])
})

test('an attempt that leaves its slot makes room for one other, however often it says so', async () => {
  const gate = createSlotGate(1)
  const { granted } = askFor(gate, 3)
  const attempt = gate.enter()
  attempt.leave()
  attempt.leave()
  await turn()
  expect(granted).toEqual([true, true, false])
  // Its end frees nothing more, because the other attempt holds the slot.
  attempt.end()
  gate.supplier.releaseSlot(PERMIT)
  await turn()
  expect(granted).toEqual([true, true, false])
  gate.supplier.releaseSlot(PERMIT)
  await turn()
  expect(granted).toEqual([true, true, true])
})

test('an attempt that never leaves its slot holds it to the end', async () => {
  const gate = createSlotGate(1)
  const { granted } = askFor(gate, 2)
  gate.enter().end()
  await turn()
  expect(granted).toEqual([true, false])
  gate.supplier.releaseSlot(PERMIT)
  await turn()
  expect(granted).toEqual([true, true])
})

test('a request that is withdrawn takes no slot', async () => {
  const gate = createSlotGate(1)
  const first = askFor(gate, 1)
  const second = askFor(gate, 1)
  const third = askFor(gate, 1)
  await turn()
  second.stop('not needed')
  expect(await second.settled()).toEqual([{ status: 'rejected', reason: 'not needed' }])
  gate.supplier.releaseSlot(PERMIT)
  await turn()
  expect([first, second, third].map(({ granted }) => granted)).toEqual([[true], [false], [true]])
})

test('attempts that leave their slots and do not end make room for as many others as there are slots', async () => {
  const gate = createSlotGate(2)
  const { granted } = askFor(gate, 6)
  for (let left = 0; left < 4; left += 1) gate.enter().leave()
  await turn()
  expect(granted).toEqual([true, true, true, true, false, false])
})

test('a request that must not wait is answered at once', () => {
  const gate = createSlotGate(1)
  expect(gate.supplier.tryReserveSlot(CONTEXT)).not.toBeNull()
  expect(gate.supplier.tryReserveSlot(CONTEXT)).toBeNull()
})
