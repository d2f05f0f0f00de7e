import type { Event } from '@pisto/contract'
import type { CallOptions, EditOptions } from '../options.ts'
import { type LooseInput, prepareCall } from './call.ts'
import type { Configuration } from './configuration.ts'
import { type Download, openDownload } from './download.ts'
import { type StreamOptions, streamEvents } from './event-stream.ts'
import { type List, listOf, type Page } from './list.ts'
import type {
  FileFormat,
  FileId,
  ImageId,
  Input,
  Item,
  ListId,
  OperationId,
  Output,
  Query,
  Route,
  TextId,
} from './route.ts'
import { sendCall } from './send.ts'

/** What resources are written with. Inputs and outputs of each operation are the contract's. */
export interface Http {
  send<Id extends OperationId>(operation: Id, input: Input<Id>, options?: EditOptions): Promise<Output<Id>>
  /** The answer as text, where an operation has that form beside JSON. */
  text<Id extends TextId>(operation: Id, input: Input<Id>, options?: CallOptions): Promise<string>
  /** The answer as a picture: SVG is text, PNG is bytes. */
  image<Id extends ImageId>(
    operation: Id,
    form: 'image/svg+xml',
    input: Input<Id>,
    options?: CallOptions,
  ): Promise<string>
  image<Id extends ImageId>(
    operation: Id,
    form: 'image/png',
    input: Input<Id>,
    options?: CallOptions,
  ): Promise<Uint8Array>
  /** The answer as a file, in one of its forms. The input says the form once more, where the operation has it. */
  download<Id extends FileId>(
    operation: Id,
    format: FileFormat<Id>,
    input: Input<Id>,
    options?: CallOptions,
  ): Promise<Download>
  list<Id extends ListId>(operation: Id, input: Input<Id>, options?: CallOptions): List<Item<Id>>
  events(query: Query<'streamEvents'>, options?: StreamOptions): AsyncIterable<Event>
}

export function createHttp(configuration: Configuration): Http {
  /** The one place where JSON becomes the contract's types: the server answers for them (its tests validate). */
  async function send<T>(
    operation: OperationId,
    input: LooseInput,
    options?: EditOptions,
    mediaType?: Route['mediaType'],
  ): Promise<T> {
    const call = prepareCall(configuration, operation, input, options)
    const route = mediaType === undefined ? call.route : { ...call.route, mediaType }
    return (await sendCall(configuration, { ...call, route })) as T
  }
  return {
    send: (operation, input, options) => send(operation, loose(input), options),
    text: (operation, input, options) => send(operation, loose(input), options, 'text/plain'),
    image: <T>(operation: ImageId, form: Route['mediaType'], input: unknown, options?: CallOptions) =>
      send<T>(operation, loose(input), options, form),
    async download(operation, format, input, options) {
      const call = prepareCall(configuration, operation, loose(input), options)
      const { formats, ...route } = call.route
      return openDownload(configuration, { ...call, route: { ...route, mediaType: formats?.[format] } })
    },
    list: (operation, input, options) => {
      const { query = {}, ...path } = loose(input)
      return listOf(
        (after) => send<Page<Item<typeof operation>>>(operation, { ...path, query: { ...query, after } }, options),
        query['after'] as string | undefined,
      )
    },
    events: (query, options) => ({
      [Symbol.asyncIterator]: () => streamEvents(configuration, query, options),
    }),
  }
}

const loose = (input: unknown): LooseInput => input as LooseInput
