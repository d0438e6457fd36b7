import type { Connection, WorkflowStartOptions } from '@temporalio/client'
import proto from '@temporalio/proto'

/** By this attribute operators find the jobs of an owner; by their kinds and states they find them by Temporal's own. */
const NAME = 'CutroomOwner'

const { INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType

/** A server that does not take the attribute is not asked again before. */
const RETRY_MS = 60_000

type Attributes = Pick<WorkflowStartOptions, 'typedSearchAttributes'>

export interface OwnerAttribute {
  /** What a workflow of the owner is started with: nothing where the server does not know the attribute. */
  of(owner: string): Promise<Attributes>
  /** The server has refused the attribute: it knows it not yet, or no more. */
  forget(): void
}

export function createOwnerAttribute(connection: Connection, namespace: string): OwnerAttribute {
  let isKnown = false
  let nextTryMs = -Infinity
  return {
    async of(owner) {
      if (!isKnown && performance.now() >= nextTryMs) {
        nextTryMs = performance.now() + RETRY_MS
        isKnown = await register(connection, namespace)
      }
      return isKnown
        ? { typedSearchAttributes: [{ key: { name: NAME, type: 'KEYWORD' }, value: owner }] }
        : {}
    },
    forget: () => {
      isKnown = false
      // What was just registered is known to all of the server within seconds.
      nextTryMs = performance.now() + RETRY_MS / 10
    },
  }
}

/** false: the server is away, does not let its clients do this, or has no room for further attributes. */
async function register(connection: Connection, namespace: string): Promise<boolean> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
    if (NAME in customAttributes) return true
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: { [NAME]: INDEXED_VALUE_TYPE_KEYWORD },
    })
    return true
  } catch {
    return false
  }
}
