import { randomBytes } from 'node:crypto'
import { ed25519Signer, type Signer } from '@pisto/proof'
import type { Keyring, KeyUse, VerifyingKey } from '../../tenants/keys.ts'
import type { TenantProfile } from '../../tenants/profile.ts'

/** A tenant's keys in memory; more of them can be published, for forgers. */
export class MemoryKeyring implements Keyring {
  readonly #keys: (VerifyingKey & { readonly signer: Signer })[] = []

  /** Publishes a new key. @param change What is unusual about it. */
  add(tenant: Pick<TenantProfile, 'id' | 'code'>, use: KeyUse, change: Partial<VerifyingKey> = {}): Signer {
    const signer = ed25519Signer(new Uint8Array(randomBytes(32)))
    const { keyId, publicKey } = signer
    const validity = { livemode: false, validFrom: new Date(0), validTo: null }
    const owner = { tenantId: tenant.id, tenantCode: tenant.code }
    this.#keys.unshift({ keyId, publicKey, use, ...owner, ...validity, ...change, signer })
    return signer
  }

  /** Publishes it no more. */
  withdraw(signer: Signer): Signer {
    this.#keys.splice(
      this.#keys.findIndex(({ keyId }) => keyId === signer.keyId),
      1,
    )
    return signer
  }

  async signing(tenantId: string, use: KeyUse): Promise<Signer> {
    const key = this.#keys.find((candidate) => candidate.tenantId === tenantId && candidate.use === use)
    if (key === undefined) throw new Error(`no ${use} key of ${tenantId}`)
    return key.signer
  }

  async signers(tenantId: string, use: KeyUse): Promise<readonly Signer[]> {
    return this.#keys.filter((key) => key.tenantId === tenantId && key.use === use).map(({ signer }) => signer)
  }

  async published(): Promise<readonly VerifyingKey[]> {
    return this.#keys
  }

  async find(keyId: string): Promise<VerifyingKey | undefined> {
    return this.#keys.find((key) => key.keyId === keyId)
  }
}
