import { PistoProblem } from '@pisto/contract'
import { type AccountView, isTypeId, type Queryable, toUuid } from '@pisto/ledger'

/** Who may hold and not spend. */
const PAUSED = ['suspended', 'restricted']

/**
 * Whoever owns the wallet may spend from it now. What was held before is not asked again.
 *
 * @throws {PistoProblem} `account_frozen`: the owner is suspended, restricted, or held by a case
 */
export async function requirePayer(
  reader: Queryable,
  tenantId: string,
  { accountId, ownerId }: Pick<AccountView, 'accountId' | 'ownerId'>,
): Promise<void> {
  const kind = isTypeId(ownerId ?? '', 'mer') ? 'merchant' : 'consumer'
  const [owner] = await reader.query<{ status: string; is_held: boolean }>(
    'select status, is_held from registrations r where r.tenant_id = $1 and r.kind = $2 and r.id = $3',
    [toUuid(tenantId, 'ten'), kind, toUuid(ownerId ?? '')],
  )
  if (owner !== undefined && (owner.is_held || PAUSED.includes(owner.status)))
    throw new PistoProblem('account_frozen', { accountId })
}
