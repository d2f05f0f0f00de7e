import type {
  CoarsePlace,
  ConflictChoice,
  CreateConsumer,
  CreateMerchant,
  JournalKind,
  JournalResult,
  SubmitRegistration,
  UpdateConsumer,
  UpdateMerchant,
} from '@pisto/contract'

/** One operation as the device keeps it. */
export interface JournalEntry {
  /** Its place in the journal, from 1. */
  readonly sequence: number
  /** UUID. */
  readonly id: string
  readonly kind: JournalKind
  /** Whom it is about: a local id (UUID), or `mer_…`, `con_…`. */
  readonly subject: string
  /** The operation before it about the same subject. */
  readonly previous: string | null
  /** ISO 8601, by the clock of the device. */
  readonly clientTime: string
  /** What was filled in. Empty once it is done: the device keeps nobody's data longer than it must. */
  readonly body: Readonly<Record<string, unknown>>
  readonly base?: Readonly<Record<string, unknown>>
  readonly attestation?: string
  /** What the server decided; null: it waits. */
  readonly result: JournalResult | null
  /** Of a conflict: the choice that settled it. */
  readonly settledBy: string | null
}

/** How an entry is shown. */
export type JournalState = 'waiting' | 'done' | 'conflict' | 'settled' | 'refused'

/** `settled` is a conflict on which somebody has chosen. */
export function stateOf({ result, settledBy }: Pick<JournalEntry, 'result' | 'settledBy'>): JournalState {
  if (result === null || result.outcome === 'waiting') return 'waiting'
  return result.outcome === 'conflict' && settledBy !== null ? 'settled' : result.outcome
}

/** What the agent declares about the person in front of them; the device signs it. */
export interface Declaration {
  /** Which text the agent agreed to. */
  readonly textVersion: string
  readonly documentSeen: true
  readonly consentGiven: true
  /** Left out: the device does not know where it is. */
  readonly place?: CoarsePlace
}

type About = { readonly subject: string }

/** What can be written into a journal. */
export type NewOperation =
  | {
      readonly kind: 'createMerchant'
      readonly subject?: string
      readonly body: CreateMerchant
      readonly attest: Declaration
    }
  | {
      readonly kind: 'createConsumer'
      readonly subject?: string
      readonly body: CreateConsumer
      readonly attest: Declaration
    }
  | ({ readonly kind: 'updateMerchant'; readonly body: UpdateMerchant; readonly base?: UpdateMerchant } & About)
  | ({ readonly kind: 'updateConsumer'; readonly body: UpdateConsumer; readonly base?: UpdateConsumer } & About)
  | ({ readonly kind: 'submitMerchant' | 'submitConsumer'; readonly body?: SubmitRegistration } & About)
  | ({
      readonly kind: 'startMerchantPhoneVerification' | 'startConsumerPhoneVerification'
    } & About)
  | ({
      readonly kind: 'confirmMerchantPhoneVerification' | 'confirmConsumerPhoneVerification'
      /** `start`: the id of the entry that sent the code. */
      readonly body: { readonly start: string; readonly code: string }
    } & About)

/** A choice in a conflict. */
export interface Choice {
  readonly choice: ConflictChoice
  /** With `useMine`: what to use, edited or not. Default: what the entry has. */
  readonly mine?: Readonly<Record<string, unknown>>
  /** With `useMine` of what registers somebody. */
  readonly attest?: Declaration
}

/**
 * A place to about a kilometre.
 *
 * @param latitude Degrees, north is positive. @param longitude Degrees, east is positive.
 * @example
 * coarsePlace(15.4702, -90.3711) // { latitude: '15.47', longitude: '-90.37' }
 */
export function coarsePlace(latitude: number, longitude: number): CoarsePlace {
  const text = (degrees: number): string => degrees.toFixed(2).replace(/^-(0\.00)$/, '$1')
  return { latitude: text(latitude), longitude: text(longitude) }
}
