import type { CheckBody } from '../../src/http/body/body-task.js'
import { runBodyTask } from '../../src/http/check-body.js'
import { runFontTask, runReadTask } from '../../src/jobs/assets/read-task.js'
import { runCompileTask, runMeasureTask, runPreviewTask } from '../../src/jobs/edits/compile-task.js'
import type { Calculations } from '../../src/jobs/ports/calculations.js'
import { runPictureTask } from '../../src/jobs/previews/picture-task.js'

/** Runs a task here, with what a child process copies copied: a child would run what was built last. */
async function runHere<Input, Value>(
  run: (input: Input) => Promise<Value> | Value,
  input: Input,
): Promise<Value> {
  return structuredClone(await run(structuredClone(input)))
}

/** In place of the processes of src/child.ts. */
export const CALCULATIONS: Calculations = {
  compile: (_owner, task) => runHere(runCompileTask, task),
  preview: (_owner, task) => runHere(runPreviewTask, task),
  picture: (_owner, task) => runHere(runPictureTask, task),
  measure: (_owner, task) => runHere(runMeasureTask, task),
  font: (_owner, _sha256, withFile) => withFile((path) => runHere(runFontTask, { path })),
  read: (_owner, task) => runHere(runReadTask, task),
}

/** The same for bodies. */
export const checkBody: CheckBody = (_owner, task) => runHere(runBodyTask, task)
