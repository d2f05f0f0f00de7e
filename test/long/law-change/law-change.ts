import { setTimeout as delay } from 'node:timers/promises'
import { toUuid } from '@pisto/ledger'
import type { Sandbox } from '@pisto/testkit'
import { runImports } from '../imports/imports.ts'

export interface LawChangeOptions {
  /** How many are active. */
  readonly people: number
  readonly onProgress?: (what: string, done: number, total: number) => void
}

export interface LawChangeReport {
  readonly people: number
  /** A new version that asks nobody for more: each is read, opened and looked at. */
  readonly unchangedPerSecond: number
  /** One that asks everybody for more: each is decided besides, with an event and a message. */
  readonly askedPerSecond: number
  readonly faults: readonly string[]
}

/**
 * Applies a version of the law to merchants of a file, twice: once as it is, and once after all of them were put on tier
 * 2, whose evidence they have not given.
 *
 * @param now Milliseconds of a clock that only goes forward.
 */
export async function runLawChange(
  sandbox: Sandbox,
  { people, onProgress = () => undefined }: LawChangeOptions,
  now: () => number,
): Promise<LawChangeReport> {
  const { accepted, faults: found } = await runImports(sandbox, { rows: people, onProgress }, now)
  const faults = [...found]
  const tenant = toUuid(sandbox.tenant('SV').id, 'ten')
  const count = async (what: string): Promise<number> => {
    const rows = await sandbox.db.query<{ n: bigint }>(`select count(*) as n from ${what} and tenant_id = $1`, [tenant])
    return Number(rows[0]?.n)
  }
  const unchangedMs = await applied('unchanged')
  await sandbox.db.query('update registrations set tier = 2 where tenant_id = $1', [tenant])
  const askedMs = await applied('asked')
  const asked = await count(ASKED)
  if (asked !== accepted) faults.push(`${asked} of ${accepted} were asked`)
  const perSecond = (ms: number): number => Math.round(accepted / (ms / 1000))
  return { people: accepted, unchangedPerSecond: perSecond(unchangedMs), askedPerSecond: perSecond(askedMs), faults }

  /** @param version Any: what is asked for is what the policy in force says. */
  async function applied(version: string): Promise<number> {
    const begunMs = now()
    await sandbox.db.query(
      `insert into due (tenant_id, kind, reference, due_at)
       select $1, 'policy.apply', $2, max(created_at) from registrations where tenant_id = $1`,
      [tenant, `${version} consumer 00000000-0000-0000-0000-000000000000`],
    )
    while ((await count(`law_changes where version = '${version}'`)) === 0 || (await count(TO_DECIDE)) > 0) {
      await delay(100)
      onProgress('asked', await count(ASKED), accepted)
    }
    return now() - begunMs
  }
}

const ASKED = 'registrations where demands is not null'
/** Those of today, not the deadlines. */
const TO_DECIDE = `due where kind = 'registration.check'
  and due_at < (select max(created_at) from registrations) + interval '1 day'`
