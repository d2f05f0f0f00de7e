import { NotFound, type PublishedKey, type RotatedKey, type RotateKey, WrongStatus } from '@pisto/contract'
import type { Ledger, RandomBytes } from '@pisto/ledger'
import type { Call } from '../platform/http/call.ts'
import { perform } from '../platform/perform.ts'
import { signingKeyOf } from './ed25519.ts'
import { endKeys, insertKeys, listStoredKeys, type StoredKey, withdrawKeys } from './key-changes.ts'
import { isInForce } from './keyring.ts'
import type { Keyring, KeyUse } from './keys.ts'
import { showKey } from './show-key.ts'

export interface KeyRotationDeps {
  readonly ledger: Ledger
  readonly keys: Pick<Keyring, 'published'>
  /** Nobody may guess it: never the seeded one. */
  readonly secretRandom: RandomBytes
}

const SEED_LENGTH = 32
/** Long enough for a phone that is off line most of the day. */
const DEFAULT_START_SECONDS = 86_400

/**
 * Gives a tenant a new key for one use. It is published at once and takes over at its start; the keys before it sign
 * until then and stay published, so that what they signed is believed on. A key that was to start later than the new
 * one never signs.
 */
export async function rotateKey(
  deps: KeyRotationDeps,
  call: Call,
  { use, startsInSeconds = DEFAULT_START_SECONDS }: RotateKey,
): Promise<RotatedKey> {
  const seed = deps.secretRandom(SEED_LENGTH)
  const rotated = await perform<RotatedKey>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const validFrom = new Date(ledgerTime.getTime() + startsInSeconds * 1000)
    const open = (await listStoredKeys(reader, call.tenantId)).filter(
      (key) => key.use === use && (key.validTo === null || key.validTo > validFrom),
    )
    const { keyId, publicKey } = signingKeyOf(seed)
    return {
      purpose: 'key.rotated',
      companions: [
        ...open.map((key) => endKeys.row({ keyId: key.keyId, validTo: validFrom })),
        insertKeys.row({ use, seed, validFrom }),
      ],
      answer: {
        key: show(call, { keyId, publicKey, use, validFrom, validTo: null }),
        ended: open.map((key) => show(call, { ...key, validTo: validFrom })),
      },
    }
  })
  await deps.keys.published(0) // this process knows at once, others within ten seconds
  return rotated
}

/**
 * Publishes a key no more, and forgets its private half. Nothing that it ever signed is believed by whoever has a newer
 * directory: codes printed under it, receipts, checkpoints. For a key that was stolen, or whose codes are all gone.
 *
 * @throws {NotFound} `key_not_found`
 * @throws {WrongStatus} `key_in_force`: nothing else would sign
 */
export async function withdrawKey(deps: KeyRotationDeps, call: Call, keyId: string): Promise<PublishedKey> {
  const withdrawn = await perform<PublishedKey>(deps.ledger, call, async ({ reader, ledgerTime }) => {
    const keys = await listStoredKeys(reader, call.tenantId)
    const key = keys.find((candidate) => candidate.keyId === keyId)
    if (key === undefined) throw new NotFound('key_not_found', { keyId })
    if (
      !someSign(
        keys.filter((other) => other !== key),
        key.use,
        ledgerTime,
      )
    )
      throw new WrongStatus('key_in_force')
    return {
      purpose: 'key.withdrawn',
      companions: [withdrawKeys.row({ keyId, withdrawnAt: ledgerTime })],
      answer: show(call, { ...key, validTo: endOf(key, ledgerTime) }),
    }
  })
  await deps.keys.published(0)
  return withdrawn
}

const someSign = (keys: readonly StoredKey[], use: KeyUse, at: Date): boolean =>
  keys.some((key) => key.use === use && isInForce(key, at))

const endOf = ({ validTo }: StoredKey, now: Date): Date => (validTo !== null && validTo < now ? validTo : now)

const show = ({ tenantId, tenant, livemode }: Call, key: StoredKey): PublishedKey =>
  showKey({ ...key, tenantId, tenantCode: tenant.code, livemode })
