import { companion, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'

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

/** Commits with the transaction that sends the message. */
export const queueMessage = companion<Message>({
  sql: `insert into messages (tenant_id, message_id, recipient, body, code, created_at)
        select $1, x.id, x.recipient, x.body, x.code, x.created_at
        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
          as x(id, recipient, body, code, created_at)`,
  columns: (rows) => [
    sqlArray(rows.map(({ row }) => toUuid(row.id, 'msg'))),
    sqlArray(rows.map(({ row }) => row.to)),
    sqlArray(rows.map(({ row }) => row.text)),
    sqlArray(rows.map(({ row }) => row.code)),
    sqlArray(rows.map(({ row }) => row.createdAt)),
  ],
})

export interface MessageFilter {
  readonly to?: string | undefined
  /** Only those older than this message. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first: by ledger time, which no later commit undercuts, then by id, which grows within a process. */
export async function listMessages(
  db: Queryable,
  tenantId: string,
  { to, before, limit }: MessageFilter,
): Promise<Message[]> {
  const rows = await db.query<MessageRow>(
    `select message_id, recipient, body, code, created_at from messages m
     where m.tenant_id = $1
       and ($2::text is null or m.recipient = $2)
       and ($3::uuid is null or (m.created_at, m.message_id) < (
         select b.created_at, b.message_id from messages b where b.tenant_id = $1 and b.message_id = $3
       ))
     order by m.created_at desc, m.message_id desc limit $4`,
    [toUuid(tenantId, 'ten'), to ?? null, before === undefined ? null : toUuid(before, 'msg'), limit],
  )
  return rows.map(toMessage)
}

interface MessageRow {
  readonly message_id: string
  readonly recipient: string
  readonly body: string
  readonly code: string | null
  readonly created_at: Date
}

const toMessage = (row: MessageRow): Message => ({
  id: toTypeId('msg', row.message_id),
  to: row.recipient,
  text: row.body,
  code: row.code,
  createdAt: row.created_at,
})
