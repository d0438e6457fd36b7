import { createRandom, type Random } from '../../support/random.js'
import { SEED } from '../support/form.js'
import { submitRandom, uploadSources } from '../support/load.js'
import { waitForRoom } from '../support/wait-for-room.js'
import { PAUSE_MS } from './form.js'
import { count, type Held, hold, type Soak } from './ledger.js'
import { lookAround } from './looks.js'
import { pause } from './pause.js'
import { tryInvalid } from './refusals.js'
import { cancel, visit } from './visits.js'

/** Most actions of a client create work; the others are drawn. */
const STEPS = ['job', 'job', 'job', 'job', 'job', 'upload', 'visit', 'visit', 'invalid', 'look'] as const
const CANCEL_SHARE = 0.12
const BEFORE_CANCEL_MS = { min: 0, max: 2000 }

/** Does one thing after another until the load is over. An answer that should not have come goes into the ledger. */
export async function runClient(soak: Soak, number: number): Promise<void> {
  const random = createRandom(SEED + 1 + number)
  const mine: Held[] = []
  for (let index = 0; !soak.over.aborted; index += 1) {
    await waitForRoom(soak.platform, () => soak.over.aborted)
    try {
      await takeStep(soak, random, mine, `client-${number}-${index}`)
    } catch (error) {
      soak.ledger.faults.push(String(error))
    }
    await pause(random.between(PAUSE_MS.min, PAUSE_MS.max), soak.over)
  }
}

async function takeStep(soak: Soak, random: Random, mine: Held[], key: string): Promise<void> {
  switch (random.pick(STEPS)) {
    case 'job':
      mine.push(await submit(soak, random, key))
      return
    case 'upload':
      mine.push(await upload(soak, key))
      return
    case 'visit': {
      const [first, ...others] = mine.filter(({ isDeleted }) => !isDeleted)
      if (first) await visit(soak, random, random.pick([first, ...others]), key)
      return
    }
    case 'invalid':
      await tryInvalid(soak, random, key)
      return
    case 'look':
      await lookAround(soak, random)
      return
  }
}

async function submit(soak: Soak, random: Random, key: string): Promise<Held> {
  const one = hold(soak.ledger, await submitRandom(soak.client, random, soak.sources, key))
  count(soak.ledger.deeds, 'submitted')
  if (random.chance(CANCEL_SHARE)) {
    await pause(random.between(BEFORE_CANCEL_MS.min, BEFORE_CANCEL_MS.max), soak.over)
    await cancel(soak, one, key)
  }
  return one
}

async function upload({ client, clip, ledger }: Soak, key: string): Promise<Held> {
  const { sources, promised } = await uploadSources(client, [{ path: clip.path, seconds: 0 }], key)
  const [[source], [promise]] = [sources, promised]
  if (!source || !promise) throw new Error('the upload was not promised')
  count(ledger.deeds, 'uploaded')
  return hold(ledger, promise, { videoId: source.videoId, sha256: clip.sha256 })
}
