import { type CountryCode, PistoProblem } from '@pisto/contract'
import { type AccountView, isTypeId, type Queryable, sqlArray, toTypeId, toUuid } from '@pisto/ledger'
import { type CapabilityName, policyOf, tierOf } from './policy/policy.ts'

/** Who may hold and not spend. */
const PAUSED = ['suspended', 'restricted']

/** What lets money out of a wallet. */
const SPENDS = { merchant: 'payout', consumer: 'pay' } as const satisfies Record<string, CapabilityName>

interface OwnerRow {
  readonly status: string
  readonly is_held: boolean
  readonly tier: number
  readonly country: CountryCode
  readonly policy_version: string
}

/**
 * Whoever owns the wallet may spend from it now. Of what was held before only a case is asked (`requireNotHeld`).
 *
 * @throws {PistoProblem} `account_frozen`: the owner is suspended, restricted, or held by a case; `tier_too_low`
 */
export async function requirePayer(
  reader: Queryable,
  tenantId: string,
  { accountId, ownerId }: Pick<AccountView, 'accountId' | 'ownerId'>,
): Promise<void> {
  const kind = isTypeId(ownerId ?? '', 'mer') ? 'merchant' : 'consumer'
  const [owner] = await reader.query<OwnerRow>(
    `select status, is_held, tier, country, policy_version from registrations r
     where r.tenant_id = $1 and r.kind = $2 and r.id = $3`,
    [toUuid(tenantId, 'ten'), kind, toUuid(ownerId ?? '')],
  )
  if (owner === undefined) return
  if (owner.is_held || PAUSED.includes(owner.status)) throw new PistoProblem('account_frozen', { accountId })
  const { tier, country, policy_version: policyVersion } = owner
  const granted = tierOf(policyOf({ country, policyVersion }), tier)?.capabilities[kind]
  const capability = SPENDS[kind]
  if (!granted?.includes(capability)) throw new PistoProblem('tier_too_low', { tier: String(tier), capability })
}

/**
 * While a case about somebody on a list that blocks is not decided, nothing of theirs moves: not what was held before,
 * and nothing is given back. Giving up what was held stays possible.
 *
 * @throws {PistoProblem} `account_frozen`
 */
export async function requireNotHeld(
  reader: Queryable,
  tenantId: string,
  accountIds: readonly string[],
): Promise<void> {
  const [held] = await reader.query<{ account_id: string }>(
    'select account_id from registrations where tenant_id = $1 and is_held and account_id = any($2::uuid[]) limit 1',
    [toUuid(tenantId, 'ten'), sqlArray(accountIds.map((id) => toUuid(id, 'acc')))],
  )
  if (held) throw new PistoProblem('account_frozen', { accountId: toTypeId('acc', held.account_id) })
}
