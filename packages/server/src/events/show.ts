import { EVENT_TYPES, type Event, type EventType, PistoProblem } from '@pisto/contract'
import type { EventView } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'

/** Where a reader stands: after this event. */
export interface Place {
  readonly sequence: number
  readonly index: number
}

export const BEGINNING: Place = { sequence: 0, index: 0 }
/** Greater than any index: after everything of a sequence. */
const LAST_INDEX = 9999
export const endOf = (sequence: number): Place => ({ sequence, index: LAST_INDEX })

export const showPlace = ({ sequence, index }: Place): string => `${sequence}.${index}`

/** @returns Undefined: that is no place. */
export function parsePlace(text: string): Place | undefined {
  const [, sequence, index] = /^(\d{1,15})\.(\d{1,4})$/.exec(text) ?? []
  return sequence === undefined ? undefined : { sequence: Number(sequence), index: Number(index) }
}

/** @throws {PistoProblem} `request_invalid`: there is no such type of event */
export function parseTypes(types: string | undefined): readonly EventType[] | undefined {
  if (types === undefined) return undefined
  const wanted = types.split(',')
  if (wanted.every(isEventType)) return wanted
  throw new PistoProblem(
    'request_invalid',
    {},
    {
      errors: [
        {
          pointer: '/types',
          code: 'enum',
          message: `Comma-separated, of: ${EVENT_TYPES.join(', ')}`,
          messageEs: `Separados por comas, de: ${EVENT_TYPES.join(', ')}`,
        },
      ],
    },
  )
}

const isEventType = (type: string): type is EventType => (EVENT_TYPES as readonly string[]).includes(type)

export const showEvent = (event: EventView, { tenantId, livemode }: Pick<Call, 'tenantId' | 'livemode'>): Event => ({
  id: event.id,
  livemode,
  type: event.type as EventType,
  tenantId,
  time: event.time.toISOString(),
  sequence: event.sequence,
  index: event.index,
  objectId: event.objectId,
  status: event.status,
})
