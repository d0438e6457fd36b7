/** The file has a form of MP4 that the readers in this folder do not know. They never guess: ffprobe is asked then. */
export class UnknownForm extends Error {}

/** @throws UnknownForm unless the file is as the reader takes it to be */
export function ensure(holds: boolean, what: string): asserts holds {
  if (!holds) throw new UnknownForm(what)
}

/** @throws UnknownForm when there is none */
export function known<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new UnknownForm(what)
  return value
}
