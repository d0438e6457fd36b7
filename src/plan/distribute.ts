import { groupFilms } from './chunks/film-groups.js'
import { type Spread, type Spreadable, spreadOut } from './chunks/spread-out.js'
import type { CopiedFilm } from './copy/choose-copying.js'
import { type CopiedRendition, copyRendition } from './copy/copy-rendition.js'
import type { Stage } from './frames/timeline.js'
import { type PartWorkers, partWorkers, type Spreading } from './model/spreading.js'
import type { CompiledRendition } from './renditions/compile-rendition.js'

type Job = Pick<Spreadable, 'edit' | 'sources' | 'container'>

interface StagedRendition extends CompiledRendition {
  readonly stages: readonly Stage[]
}

interface Means {
  /** What can be copied; null: nothing. */
  readonly film: CopiedFilm | null
  readonly spreading: Spreading
  /** Names of outputs that are stored already: their passes only say so. */
  readonly stored: ReadonlySet<string>
}

/** Copies each missing rendition as far as possible, or cuts it into chunks where that is worth it. */
export function distribute(job: Job, renditions: readonly StagedRendition[], means: Means): Spread {
  const { film, spreading, stored } = means
  const workers = spreading.kind === 'whole' ? null : partWorkers(spreading)
  const copies = new Map<StagedRendition, CopiedRendition>()
  for (const rendition of renditions) {
    const isMissing = !stored.has(rendition.output.name)
    const copy = isMissing && film && workers ? copyOne(job, rendition, film, workers) : null
    if (copy) copies.set(rendition, copy)
  }
  const copied = [...copies.values()]
  const missing = renditions.filter((one) => !stored.has(one.output.name) && !copies.has(one))
  const [first] = missing
  const isCut = spreading.kind === 'chunks' && first !== undefined
  const spread = isCut ? spreadOut({ ...job, stages: first.stages }, missing, spreading) : null
  const isWhole = (one: StagedRendition) => !copies.has(one) && !(spread && missing.includes(one))
  const whole = renditions.filter(isWhole)
  return {
    passes: [
      ...copied.flatMap(({ passes }) => passes),
      ...(spread?.passes ?? []),
      ...whole.map(({ pass }) => pass),
    ],
    assemblies: [...copied.map(({ assembly }) => assembly), ...(spread?.assemblies ?? [])],
  }
}

function copyOne(
  job: Job,
  rendition: StagedRendition,
  film: CopiedFilm,
  workers: PartWorkers,
): CopiedRendition | null {
  const { edit, sources, container } = job
  const { stages } = rendition
  const { video } = sources.video.facts
  const material = stages.at(-1)
  const [group] = (video && groupFilms(edit, video, container, [rendition])) ?? []
  return group && material ? copyRendition({ ...job, stages, material, workers }, group[0], film) : null
}
