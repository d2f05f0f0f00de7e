import type { Enrolment as EnrolmentAnswer } from '@pisto/contract'
import { Conditions, isTypeId, type Queryable, type SqlValue, toTypeId, toUuid } from '@pisto/ledger'
import type { FindKeptTexts } from '../log/openings.ts'
import type { FreeText } from '../platform/committed-text.ts'
import { type Column, insertRows, selected } from '../platform/database/insert-rows.ts'

/** What an agent attested about somebody, with the evidence. */
export interface Enrolment {
  /** `enr_…` */
  readonly id: string
  /** `mer_…` or `con_…` */
  readonly registrationId: string
  readonly agentId: string
  readonly deviceId: string
  readonly operationId: string
  /** By the clock of the device. */
  readonly attestedAt: Date
  readonly place: EnrolmentAnswer['place']
  /** Compact JWS. */
  readonly attestation: string
  /** Opens the leaf's commitment. */
  readonly salt: Uint8Array | null
  readonly createdAt: Date
}

interface PlacedEnrolment extends Omit<Enrolment, 'operationId'> {
  readonly transactionId: string
}

/** What the leaf has a commitment to. */
export const textOfEnrolment = ({ attestation }: Pick<Enrolment, 'attestation'>): FreeText => ({ attestation })

const COLUMNS: readonly Column<Enrolment>[] = [
  ['id', 'uuid', ({ id }) => toUuid(id, 'enr')],
  ['registration_id', 'text', ({ registrationId }) => registrationId],
  ['agent_id', 'uuid', ({ agentId }) => toUuid(agentId, 'agt')],
  ['device_id', 'uuid', ({ deviceId }) => toUuid(deviceId, 'agd')],
  ['operation_id', 'uuid', ({ operationId }) => operationId],
  ['attested_at', 'timestamptz', ({ attestedAt }) => attestedAt],
  ['latitude', 'text', ({ place }) => place?.latitude ?? null],
  ['longitude', 'text', ({ place }) => place?.longitude ?? null],
  ['attestation', 'text', ({ attestation }) => attestation],
  ['salt', 'bytea', ({ salt }) => salt],
  ['transaction_id', 'uuid', (_, { transactionId }) => toUuid(transactionId, 'txn')],
  ['sequence', 'bigint', (_, { sequence }) => sequence],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
]
const SELECTED = selected(COLUMNS, 'r')

export const insertEnrolments = insertRows<Enrolment>('enrolments', COLUMNS)

interface Row {
  readonly id: string
  readonly registration_id: string
  readonly agent_id: string
  readonly device_id: string
  readonly attested_at: Date
  readonly latitude: string | null
  readonly longitude: string | null
  readonly attestation: string
  readonly salt: Uint8Array | null
  readonly transaction_id: string
  readonly created_at: Date
}

async function readEnrolments(
  reader: Queryable,
  where: string,
  values: readonly SqlValue[],
): Promise<PlacedEnrolment[]> {
  const rows = await reader.query<Row>(`select ${SELECTED} from enrolments r where ${where}`, values)
  return rows.map(({ latitude, longitude, ...row }) => ({
    id: toTypeId('enr', row.id),
    registrationId: row.registration_id,
    agentId: toTypeId('agt', row.agent_id),
    deviceId: toTypeId('agd', row.device_id),
    attestedAt: row.attested_at,
    place: latitude === null || longitude === null ? null : { latitude, longitude },
    attestation: row.attestation,
    salt: row.salt,
    transactionId: toTypeId('txn', row.transaction_id),
    createdAt: row.created_at,
  }))
}

/** Newest first. */
export async function listEnrolments(
  reader: Queryable,
  tenantId: string,
  filter: {
    readonly agentId: string | undefined
    readonly registrationId: string | undefined
    /** Only those older than this id. */
    readonly before: string | undefined
    readonly limit: number
  },
): Promise<PlacedEnrolment[]> {
  const { agentId, registrationId, before, limit } = filter
  const where = new Conditions(toUuid(tenantId, 'ten'))
  if (agentId !== undefined) where.add((add) => `r.agent_id = ${add(toUuid(agentId, 'agt'))}`)
  if (registrationId !== undefined) where.add((add) => `r.registration_id = ${add(registrationId)}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, 'enr'))}`)
  const page = `order by r.id desc limit ${where.parameter(limit)}`
  return readEnrolments(reader, `r.tenant_id = $1${where.sql} ${page}`, where.parameters)
}

/** Of the enrolment that a transaction is, if it is one. */
export const findEnrolmentTexts: FindKeptTexts = async (reader, tenantId, { transactionId }) => {
  if (!isTypeId(transactionId, 'txn')) return []
  const enrolments = await readEnrolments(reader, 'r.tenant_id = $1 and r.transaction_id = $2', [
    toUuid(tenantId, 'ten'),
    toUuid(transactionId, 'txn'),
  ])
  return enrolments.map((enrolment) => ({ salt: enrolment.salt, text: textOfEnrolment(enrolment) }))
}

export function showEnrolment(enrolment: PlacedEnrolment, livemode: boolean): EnrolmentAnswer {
  const { id, registrationId, agentId, deviceId, attestedAt, place, attestation, transactionId, createdAt } = enrolment
  return {
    ...{ id, livemode, registrationId, agentId, deviceId, attestedAt: attestedAt.toISOString(), place, attestation },
    ...{ transactionId, createdAt: createdAt.toISOString() },
  }
}
