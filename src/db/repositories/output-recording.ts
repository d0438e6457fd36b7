import { EmptyResultError, type Transaction } from 'sequelize'
import { v7 as uuidv7 } from 'uuid'
import type { Length } from '../../edit/fields/placement.js'
import type { OverlayOperation } from '../../edit/operations/overlay.js'
import type { JsonObject, Output, OutputId, Owner } from '../../jobs/model.js'
import type { Database } from '../database.js'
import { noteEvents, outputEvent } from './outbox.js'

interface Recording {
  readonly owner: Owner
  readonly output: Output
  /** Config of the job. */
  readonly config: JsonObject
  /** Overlays of the job's edit. */
  readonly operations: readonly OverlayOperation[]
}

/** Inserts the output with its overlays. If the job has an output of that name already, that one stays as it is. */
export async function recordOutput(
  database: Database,
  transaction: Transaction,
  { owner, output, config, operations }: Recording,
): Promise<void> {
  const { processedVideos, overlays } = database
  try {
    await processedVideos.create(
      { ...output, processingConfig: config },
      { ignoreDuplicates: true, transaction },
    )
  } catch (error) {
    // Sequelize throws this when ON CONFLICT DO NOTHING inserted nothing.
    if (error instanceof EmptyResultError) return
    throw error
  }
  const rows = operations.map((operation) => overlayColumns(output.id, operation))
  await overlays.bulkCreate(rows, { transaction })
  await noteEvents(database, transaction, owner, [outputEvent('rendition.completed', output)])
}

function overlayColumns(processedVideoId: OutputId, operation: OverlayOperation) {
  const text = operation.overlay_type === 'text' ? operation : null
  return {
    id: uuidv7(),
    processedVideoId,
    overlayType: operation.overlay_type,
    content: operation.content,
    positionX: pixels(operation.position_x),
    positionY: pixels(operation.position_y),
    startTime: operation.start_time,
    endTime: operation.end_time,
    fontSize: text && toInteger(text.font_size),
    fontColor: text && text.font_color,
    language: text && text.language,
    config: operation,
  }
}

function pixels(position: Length): number | null {
  return typeof position === 'number' ? toInteger(position) : null
}

/** The nearest number that an int4 holds: this record must not fail an edit that has been rendered. */
function toInteger(pixels: number): number {
  return Math.round(Math.min(2 ** 31 - 1, Math.max(-(2 ** 31), pixels)))
}
