import type { Clock, Database, IdSource, Ledger, RandomBytes } from '@pisto/ledger'
import type { ListIndexes } from '../../screening/list-indexes.ts'
import type { Keyring } from '../../tenants/keys.ts'
import type { PersonalData } from '../personal-data/personal-data.ts'

/** Everything that differs between production, sandbox and a test. Capabilities take what they need of it. */
export interface Runtime {
  readonly db: Database
  readonly ledger: Ledger
  /** Business time: follows the sandbox's test clock. */
  readonly clock: Clock
  /** Protocol time: always the machine's. */
  readonly systemClock: Clock
  readonly ids: IdSource
  /** Seeded in the sandbox; never for keys and secrets. */
  readonly random: RandomBytes
  readonly keys: Keyring
  /** Seals what is personal: `PersonalData` tells how it is used. */
  readonly personalData: PersonalData
  /** The matcher's index of each screening list in use. */
  readonly listIndexes: ListIndexes
  /** Key of HMACs over stored codes and body hashes. */
  readonly secret: Uint8Array
  readonly livemode: boolean
  /** Which network's codes are ours: object `00` of their templates. */
  readonly qrGuid: string
}
