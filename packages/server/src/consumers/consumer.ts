import type { Consumer } from '@pisto/contract'
import type { Kind } from '../registrations/kinds.ts'
import { showCapability, showCommon } from '../registrations/show.ts'

/** A person with a wallet, as a kind of registration. */
export const CONSUMER: Kind<Consumer> = {
  name: 'consumer',
  prefix: 'con',
  walletPurpose: 'consumerWallet',
  notFound: 'consumer_not_found',
  wrongStatus: 'consumer_wrong_status',
  created: 'consumer.created',
  activated: 'consumer.activated',
  show: (registration, seen) => ({
    ...showCommon(registration, seen),
    address: registration.erasure === null ? registration.dossier.address : null,
    capabilities: {
      pay: showCapability(registration, 'pay', seen),
      holdBalance: showCapability(registration, 'holdBalance', seen),
    },
  }),
}
