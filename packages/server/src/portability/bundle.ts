import { createHash } from 'node:crypto'
import { PistoProblem } from '@pisto/contract'
import { type EvidenceBundle, type EvidencedRecord, encodeBase64, signEvidence } from '@pisto/proof'
import { contentPurpose, objectName } from '../documents/complete.ts'
import type { Document } from '../documents/document.ts'
import type { ObjectStorage } from '../documents/storage/object-storage.ts'
import { listDocuments } from '../documents/store.ts'
import { commitmentTo } from '../platform/committed-text.ts'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { listDecisions, tellsSuspicion, textOfDecision } from '../registrations/decisions.ts'
import type { Dossier } from '../registrations/dossier.ts'
import type { Business, RegisteredPerson, Registration } from '../registrations/registration.ts'
import type { TenantProfile } from '../tenants/profile.ts'

export interface BundleDeps extends Pick<Runtime, 'db' | 'keys' | 'personalData'> {
  readonly storage: Pick<ObjectStorage, 'get'>
}

/** What the old tenant knows of a merchant, for the new one. Times are RFC 3339. */
export interface PortBundle extends EvidenceBundle {
  /** `prt_…` */
  readonly portId: string
  readonly alias: string
  /** To the move. */
  readonly consent: { readonly version: string; readonly acceptedAt: string }
  readonly registration: {
    readonly country: string
    readonly phone: string
    readonly locale: string
    readonly person: RegisteredPerson
    readonly business: Business
    /** Address, tax id, registration of the business, owners. */
    readonly dossier: Dossier
    readonly consent: { readonly version: string; readonly acceptedAt: string; readonly channel: string }
    readonly registeredAt: string
  }
  readonly phoneConfirmation: { readonly at: string; readonly by: string } | null
  readonly tier: number
  readonly policyVersion: string
  readonly documents: readonly {
    readonly id: string
    readonly kind: string
    readonly contentType: string | null
    readonly expiresOn: string | null
    /** Of the content as it is kept, hexadecimal. */
    readonly sha256: string
  }[]
}

/** More decisions and documents than anybody has. */
const MOST = 1000

/** Puts together what goes along with a merchant, signed by its present tenant. @throws {PistoProblem} `unavailable` */
export async function writeBundle(
  deps: BundleDeps,
  from: TenantProfile,
  { id: portId, audience, consent, merchant, issuedAt }: NewBundle,
): Promise<string> {
  const { person, phoneConfirmation, tier, policyVersion, alias } = merchant
  const bundle: PortBundle = {
    issuer: from.code,
    audience,
    livemode: from.livemode,
    issuedAt: issuedAt.toISOString(),
    origin: from.logOrigin,
    portId,
    alias,
    consent: { version: consent.version, acceptedAt: consent.acceptedAt.toISOString() },
    registration: {
      country: merchant.country,
      phone: merchant.phone,
      locale: merchant.locale,
      person,
      business: merchant.business,
      dossier: merchant.dossier,
      consent: { ...merchant.consent, acceptedAt: merchant.consent.acceptedAt.toISOString() },
      registeredAt: merchant.createdAt.toISOString(),
    },
    phoneConfirmation: phoneConfirmation && { by: phoneConfirmation.by, at: phoneConfirmation.at.toISOString() },
    tier,
    policyVersion,
    records: await recordsOf(deps, from.id, merchant),
    documents: await documentsOf(deps, from.id, merchant.id),
  }
  const key = await deps.keys.signing(from.id, 'evidence')
  return signEvidence(bundle, { ...key, sign: async (message) => key.sign(message) })
}

/** A merchant's registration: it has a business. */
export type Merchant = Registration & { readonly business: Business }

interface NewBundle {
  readonly id: string
  readonly audience: string
  readonly consent: { readonly version: string; readonly acceptedAt: Date }
  readonly merchant: Merchant
  readonly issuedAt: Date
}

/**
 * Operators' decisions: where their leaves are, and what opens the commitments. What tells that somebody was suspected is
 * kept back: the law of the institution may forbid telling.
 */
async function recordsOf(deps: BundleDeps, tenantId: string, merchant: Registration): Promise<EvidencedRecord[]> {
  const decisions = await listDecisions(deps, deps.db, tenantId, merchant, {
    before: undefined,
    limit: MOST,
    cases: false,
  })
  return decisions.flatMap((decision) => {
    const { salt, transactionId, sequence } = decision
    if (salt === null || tellsSuspicion(decision)) return []
    const record = textOfDecision(decision)
    const opening = { commitment: commitmentTo(salt, record), salt: encodeBase64(salt), record }
    return [{ transactionId, leafIndex: sequence - 1, ...opening }]
  })
}

async function documentsOf(deps: BundleDeps, tenantId: string, merchantId: string): Promise<PortBundle['documents']> {
  const documents = await listDocuments(deps.db, tenantId, merchantId, { before: undefined, limit: MOST })
  const kept = documents.filter(({ status }) => status === 'stored')
  if (kept.length === 0) return []
  const key = await deps.personalData.keyOf(deps.db, { tenantId, personId: merchantId })
  return Promise.all(kept.map((document) => describe(deps, tenantId, key, document)))
}

async function describe(
  { storage }: BundleDeps,
  tenantId: string,
  key: PersonKey,
  { id, kind, contentType, expiresOn }: Document,
): Promise<PortBundle['documents'][number]> {
  const sealed = await storage.get(objectName(tenantId, id)).catch((cause: unknown) => {
    throw new PistoProblem('unavailable', {}, { cause })
  })
  if (sealed === undefined) throw new Error(`the content of ${id} is missing from the storage`)
  const sha256 = createHash('sha256')
    .update(key.open(contentPurpose(id), sealed))
    .digest('hex')
  return { id, kind, contentType, expiresOn, sha256 }
}
