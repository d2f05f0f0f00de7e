import type { RegistrationStatus } from '@pisto/contract'
import { Conditions, isTypeId, type Queryable, sqlArray, toUuid } from '@pisto/ledger'
import type { PersonalData } from '../platform/personal-data/personal-data.ts'
import { KIND_PREFIX, type KindName } from './kinds.ts'
import type { PublicRegistration, Registration } from './registration.ts'
import {
  type PublicRow,
  type RegistrationRow,
  SELECTED,
  SELECTED_PUBLIC,
  toPublicRegistration,
  toRegistrations,
} from './rows.ts'

/** What reading something personal takes. */
export interface RegistrationReading {
  readonly personalData: PersonalData
}

/**
 * @returns Undefined: no such registration of this tenant and kind; also for ids that are none.
 * @throws {PersonErased}
 */
export async function findRegistration(
  { personalData }: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  kind: KindName,
  id: string,
): Promise<Registration | undefined> {
  if (!isTypeId(id, KIND_PREFIX[kind])) return undefined
  const rows = await reader.query<RegistrationRow>(
    `select ${SELECTED} from registrations r where tenant_id = $1 and kind = $2 and id = $3`,
    [toUuid(tenantId, 'ten'), kind, toUuid(id)],
  )
  const [registration] = await toRegistrations(personalData, reader, tenantId, rows)
  return registration
}

/** The same without what is personal: no key is needed, nothing is opened. */
export async function findPublicRegistration(
  reader: Queryable,
  tenantId: string,
  kind: KindName,
  id: string,
): Promise<PublicRegistration | undefined> {
  if (!isTypeId(id, KIND_PREFIX[kind])) return undefined
  const [row] = await reader.query<PublicRow>(
    `select ${SELECTED_PUBLIC} from registrations r where tenant_id = $1 and kind = $2 and id = $3`,
    [toUuid(tenantId, 'ten'), kind, toUuid(id)],
  )
  return row && toPublicRegistration(row)
}

/** @param alias 12 digits. */
export async function findPublicRegistrationByAlias(
  reader: Queryable,
  tenantId: string,
  kind: KindName,
  alias: string,
): Promise<PublicRegistration | undefined> {
  const [row] = await reader.query<PublicRow>(
    `select ${SELECTED_PUBLIC} from registrations r where tenant_id = $1 and alias = $2 and kind = $3
       and ported_to is null`,
    [toUuid(tenantId, 'ten'), alias, kind],
  )
  return row && toPublicRegistration(row)
}

/**
 * Where the merchant of an alias has gone, and nobody of that alias is here. Whoever went more than once: last.
 *
 * @returns Code of a tenant; undefined: nobody of that alias has left.
 */
export async function findPortedTo(reader: Queryable, tenantId: string, alias: string): Promise<string | undefined> {
  const [row] = await reader.query<{ ported_to: string }>(
    `select ported_to from registrations r where tenant_id = $1 and alias = $2 and ported_to is not null
     order by r.id desc limit 1`,
    [toUuid(tenantId, 'ten'), alias],
  )
  return row?.ported_to
}

export interface RegistrationFilter {
  readonly status?: RegistrationStatus | undefined
  readonly externalId?: string | undefined
  /** Only these. */
  readonly ids?: readonly string[] | undefined
  /** In review, and with this operator. */
  readonly assignedTo?: string | undefined
  /** Operators look at it. */
  readonly reviewing?: boolean | undefined
  /** Only those older than this id. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first: ids are UUIDv7, their order is that of business time. */
export async function listRegistrations(
  { personalData }: RegistrationReading,
  reader: Queryable,
  tenantId: string,
  kind: KindName,
  { status, externalId, ids, assignedTo, reviewing, before, limit }: RegistrationFilter,
): Promise<Registration[]> {
  const where = new Conditions(toUuid(tenantId, 'ten'))
  where.add((add) => `r.kind = ${add(kind)}`)
  if (status !== undefined) where.add((add) => `r.status = ${add(status)}`)
  if (externalId !== undefined) {
    const index = personalData.blindIndex(tenantId, 'externalId', externalId)
    where.add((add) => `r.external_id = ${add(index)}`)
  }
  if (ids !== undefined) where.add((add) => `r.id = any(${add(sqlArray(ids.map((id) => toUuid(id))))}::uuid[])`)
  if (reviewing !== undefined) where.add(() => `r.review_opened_at is ${reviewing ? 'not null' : 'null'}`)
  if (assignedTo !== undefined) where.add((add) => `r.review_assigned_to = ${add(assignedTo)}`)
  if (before !== undefined) where.add((add) => `r.id < ${add(toUuid(before, KIND_PREFIX[kind]))}`)
  const rows = await reader.query<RegistrationRow>(
    `select ${SELECTED} from registrations r
     where r.tenant_id = $1${where.sql} order by r.id desc limit ${where.parameter(limit)}`,
    where.parameters,
  )
  return toRegistrations(personalData, reader, tenantId, rows)
}
