import type { Merchant } from '@pisto/contract'
import { capabilityOf } from '../registrations/capabilities.ts'
import type { Kind } from '../registrations/kinds.ts'
import { showCommon } from '../registrations/show.ts'

/** A micro-business that takes payments, as a kind of registration. */
export const MERCHANT: Kind<Merchant> = {
  name: 'merchant',
  prefix: 'mer',
  walletPurpose: 'merchantWallet',
  notFound: 'merchant_not_found',
  wrongStatus: 'merchant_wrong_status',
  created: 'merchant.created',
  activated: 'merchant.activated',
  show(registration, livemode) {
    const { id, business } = registration
    if (business === null) throw new Error(`merchant ${id} has no business`)
    return {
      ...showCommon(registration, livemode),
      ...business,
      capabilities: {
        acceptPayments: capabilityOf(registration, 'acceptPayments'),
        holdBalance: capabilityOf(registration, 'holdBalance'),
        payout: capabilityOf(registration, 'payout'),
      },
    }
  },
}
