import { type CompanionRow, type Queryable, toTypeId, toUuid } from '@pisto/ledger'
import { insertRows } from '../platform/database/insert-rows.ts'
import type { PersonKey, PersonRef } from '../platform/personal-data/person-key.ts'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'

/** An SMS. In the sandbox it is kept here instead of being sent. */
export interface Message {
  /** `msg_…` */
  readonly id: string
  /** E.164 */
  readonly to: string
  readonly text: string
  /** The one-time code in it, if there is one. */
  readonly code: string | null
  /** Ledger time. */
  readonly createdAt: Date
}

/** What is sealed: everything that is said, and to which number. */
type Said = Pick<Message, 'to' | 'text' | 'code'>

interface SealedMessage extends Pick<Message, 'id' | 'createdAt'> {
  readonly personId: string
  /** Blind index. */
  readonly recipient: string
  readonly sealed: Uint8Array
}

const insertMessages = insertRows<SealedMessage>('messages', [
  ['message_id', 'uuid', (r) => toUuid(r.id, 'msg')],
  ['person_id', 'text', (r) => r.personId],
  ['recipient', 'text', (r) => r.recipient],
  ['sealed', 'bytea', (r) => r.sealed],
  ['created_at', 'timestamptz', (r) => r.createdAt],
])

/** Commits with the transaction that sends the message. @param key Of the person to whom it goes. */
export function queueing(
  { personalData }: { readonly personalData: PersonalData },
  key: PersonKey,
  { id, to, text, code, createdAt }: Message,
): CompanionRow {
  const said: Said = { to, text, code }
  const recipient = personalData.blindIndex(key.tenantId, 'phone', to)
  return insertMessages.row({ id, personId: key.personId, recipient, sealed: sealSaid(key, id, said), createdAt })
}

const sealSaid = (key: PersonKey, id: string, said: Said): Uint8Array => key.sealJson(`message/${id}`, said)

export interface MessageFilter {
  readonly to?: string | undefined
  /** Only those older than this message. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first: by ledger time, which no later commit undercuts, then by id, which grows within a process. */
export async function listMessages(
  { db, personalData }: { readonly db: Queryable; readonly personalData: PersonalData },
  tenantId: string,
  { to, before, limit }: MessageFilter,
): Promise<Message[]> {
  const recipient = to === undefined ? null : personalData.blindIndex(tenantId, 'phone', to)
  const rows = await db.query<MessageRow>(
    `select message_id, person_id, sealed, created_at from messages m
     where m.tenant_id = $1 and m.sealed is not null
       and ($2::text is null or m.recipient = $2)
       and ($3::uuid is null or (m.created_at, m.message_id) < (
         select b.created_at, b.message_id from messages b where b.tenant_id = $1 and b.message_id = $3
       ))
     order by m.created_at desc, m.message_id desc limit $4`,
    [toUuid(tenantId, 'ten'), recipient, before === undefined ? null : toUuid(before, 'msg'), limit],
  )
  const keys = await personalData.keysOf(
    db,
    tenantId,
    rows.map((row) => row.person_id),
  )
  return rows.flatMap((row) => {
    const key = keys.get(row.person_id)
    return key === undefined ? [] : [toMessage(row, key)] // erased between the two queries
  })
}

interface MessageRow {
  readonly message_id: string
  readonly person_id: string
  readonly sealed: Uint8Array
  readonly created_at: Date
}

function toMessage({ message_id, sealed, created_at: createdAt }: MessageRow, key: PersonKey): Message {
  const id = toTypeId('msg', message_id)
  return { id, ...key.openJson<Said>(`message/${id}`, sealed), createdAt }
}

/** Everything that was sent to a person, oldest first. */
export async function listMessagesOf(
  { db, personalData }: { readonly db: Queryable; readonly personalData: PersonalData },
  person: PersonRef,
): Promise<Message[]> {
  const rows = await db.query<MessageRow>(
    `select message_id, person_id, sealed, created_at from messages
     where tenant_id = $1 and person_id = $2 order by created_at, message_id`,
    [toUuid(person.tenantId, 'ten'), person.personId],
  )
  if (rows.length === 0) return []
  const key = await personalData.keyOf(db, person)
  return rows.map((row) => toMessage(row, key))
}
