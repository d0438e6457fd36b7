interface StreamedEvent {
  readonly type: string
  readonly id: string
  readonly data: object
}

/** The wire format of server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function writeEvent({ type, id, data }: StreamedEvent): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`
}
