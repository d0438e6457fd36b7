// A child process with the tasks whose cost depends on what users send: see src/children/create-children.ts.
import { toOutcome } from './children/outcome.js'
import { serveTasks } from './children/serve-tasks.js'
import type { BodyTask } from './http/body/body-task.js'
import { runBodyTask } from './http/check-body.js'
import { runFontTask, runReadTask } from './jobs/assets/read-task.js'
import { runCompileTask, runMeasureTask, runPreviewTask } from './jobs/edits/compile-task.js'
import type { CompileTask, FontTask, MeasureTask, PictureTask, ReadTask } from './jobs/ports/calculations.js'
import { runPictureTask } from './jobs/previews/picture-task.js'

const TASKS = {
  checkBody: (task: BodyTask) => toOutcome(() => runBodyTask(task)),
  readFont: (task: FontTask) => toOutcome(() => runFontTask(task)),
  read: (task: ReadTask) => toOutcome(() => runReadTask(task)),
  compile: (task: CompileTask) => toOutcome(() => runCompileTask(task)),
  preview: (task: CompileTask) => toOutcome(() => runPreviewTask(task)),
  picture: (task: PictureTask) => toOutcome(() => runPictureTask(task)),
  measure: (task: MeasureTask) => toOutcome(() => runMeasureTask(task)),
}

export type Tasks = typeof TASKS

serveTasks(TASKS)
