/** Why a request to an address of a user's got no answer. */
export type OutboundFailure = 'address-refused' | 'name-not-resolved' | 'timed-out' | 'connection-failed'

export type OutboundAnswer =
  | {
      readonly kind: 'answered'
      readonly status: number
      /** What the receiver asks for; null: nothing. */
      readonly retryAfterSec: number | null
    }
  | { readonly kind: 'failed'; readonly failure: OutboundFailure }

/** Requests to addresses that users name, which must not reach what is private. */
export interface Outbound {
  /**
   * Refuses what could never be called. Names are resolved only when they are called.
   * @throws AppError `url-not-allowed`
   */
  check(url: string): void
  /** Sends a request and waits for the head of its answer. Redirects are not followed. Throws only when it is aborted. */
  post(
    url: string,
    request: {
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
      readonly signal: AbortSignal
    },
  ): Promise<OutboundAnswer>
  close(): Promise<void>
}
