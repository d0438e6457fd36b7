import type { Container, VideoCodec } from '../../edit/output/formats.js'
import { PART_FORMAT } from '../model/made-formats.js'
import type { Assembly, ExpectedResult, PassInput } from '../model/plan.js'
import { inputName } from '../model/work-files.js'
import { partList } from './part-list.js'

export interface Part {
  /** Storage key. */
  readonly key: string
  /** Where the part begins in the joined film, in seconds. */
  readonly startSec: number
}

interface Joining {
  /** Name of the output. */
  readonly name: string
  /** Storage key of the joined file. */
  readonly key: string
  readonly container: Container
  readonly codec: VideoCodec
  readonly parts: readonly Part[]
  /** Storage key of the sound; null: the film is silent. */
  readonly sound: string | null
  readonly expected: ExpectedResult
}

/** Cost of copying a second of film, where encoding a megapixel costs 1. */
export const COPY_COST = 0.05

/** The assembly that joins the parts of a film, and its sound, into a file. */
export function compileAssembly({ name, parts, sound, ...joining }: Joining): Assembly {
  const inputs = [...parts.map(({ key }) => key), ...(sound === null ? [] : [sound])].map(
    (key): PassInput => ({ key, format: PART_FORMAT, seekSec: 0 }),
  )
  const listed = parts.map(({ startSec }, index) => ({ file: inputName(index), startSec }))
  return {
    ...joining,
    name: `assemble-${name}`,
    kind: 'assemble',
    summary: `${name} of ${parts.length} parts`,
    inputs,
    sideFiles: [partList(listed, joining.expected.durationSec)],
    graph: [],
    outputNames: [name],
    cost: COPY_COST * joining.expected.durationSec,
    hasSound: sound !== null,
  }
}
