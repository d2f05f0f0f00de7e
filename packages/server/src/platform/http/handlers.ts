import type { Alternative, Operation, OperationInput, OperationOutput } from '@pisto/contract'
import type { Call } from './call.ts'
import type { Attachment, Download } from './download.ts'

/** One function an operation: a missing one, a wrong argument, or a result outside the schema does not compile. */
export type Handlers<Operations extends Readonly<Record<string, Operation>>> = {
  readonly [Id in keyof Operations]: (
    input: OperationInput<Operations[Id]>,
    call: Call,
  ) => Promise<HandlerResult<Operations[Id]>> | HandlerResult<Operations[Id]>
}

/**
 * Streams (`text/event-stream`) are given as an async iterable of text chunks, alternatives as text or bytes when the
 * call's `mediaType` is theirs, what has `formats` as a download, attachments with their name, the rest as the schema
 * says.
 */
type HandlerResult<O extends Operation> = O['mediaType'] extends 'text/event-stream'
  ? AsyncIterable<string>
  : O extends { readonly formats: object }
    ? Download
    : O extends { readonly attachment: true }
      ? Attachment
      : OperationOutput<O> | (O extends { readonly alternatives: readonly (infer A)[] } ? ContentOf<A> : never)

/** An alternative's content: pixels are bytes, all else is text. */
type ContentOf<A> = A extends Alternative & { readonly mediaType: 'image/png' } ? Uint8Array : string
