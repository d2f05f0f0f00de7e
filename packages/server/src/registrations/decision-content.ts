import { createHash } from 'node:crypto'
import type { RandomBytes } from '@pisto/ledger'
import { canonicalBytes, encodeBase64 } from '@pisto/proof'
import type { PersonKey } from '../platform/personal-data/person-key.ts'
import { NotOpened } from '../platform/personal-data/sealed-box.ts'
import type { Registration } from './registration.ts'

/** Of a registration, what an operator decides on. */
type Facts = Pick<
  Registration,
  | ('country' | 'status' | 'tier' | 'requestedTier' | 'phone' | 'person' | 'business' | 'dossier' | 'consent')
  | ('givenDocuments' | 'documents' | 'cardLines' | 'flags' | 'finding' | 'demands' | 'isHeld' | 'externalId')
>

/** What was decided on, sealed, and by what it is known again. */
export interface DecisionContent {
  /** Null: the person was erased. */
  readonly sealed: Uint8Array | null
  /** SHA-256 of the canonical JSON (RFC 8785), hexadecimal. The content has a nonce: nobody finds it by guessing. */
  readonly hash: string
}

const NONCE_BYTES = 16
const purposeOf = (decisionId: string): string => `decision content/${decisionId}`

/** Keeps what a registration said when it was decided about: it changes, and decisions are explained years later. */
export function contentOf(
  random: RandomBytes,
  key: PersonKey,
  decisionId: string,
  registration: Registration,
): DecisionContent {
  const { country, status, tier, requestedTier, phone, person, business, dossier, consent } = registration
  const { givenDocuments, documents, cardLines, flags, finding, demands, isHeld, externalId } = registration
  const facts: Facts = {
    ...{ country, status, tier, requestedTier, phone, person, business, dossier, consent },
    ...{ givenDocuments, documents, cardLines, flags, finding, demands, isHeld, externalId },
  }
  const bytes = canonicalBytes({ nonce: encodeBase64(random(NONCE_BYTES)), ...facts })
  return { sealed: key.seal(purposeOf(decisionId), bytes), hash: hashOf(bytes) }
}

/** @returns Undefined: these are not the bytes that were kept. */
export function openContent(
  key: PersonKey,
  decisionId: string,
  { sealed, hash }: DecisionContent,
): Readonly<Record<string, unknown>> | undefined {
  if (sealed === null) return undefined
  try {
    const bytes = key.open(purposeOf(decisionId), sealed)
    return hashOf(bytes) === hash ? JSON.parse(Buffer.from(bytes).toString()) : undefined
  } catch (error) {
    if (error instanceof NotOpened) return undefined
    throw error
  }
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
