import { hash } from 'node:crypto'
import { canonicalBytes, canonicalJson, type Sha256 } from '@pisto/proof'
import type { Limits } from './limits/limits.ts'
import type { AccountStatus, EventPlan, TransferKind } from './model.ts'
import { toTypeId, toUuid } from './type-id.ts'

/** The machine's own SHA-256. It gives a text of bytes in a third of the time in which it makes a Buffer. */
export const sha256: Sha256 = (bytes) => bytesOf(hash('sha256', bytes, 'binary'))

function bytesOf(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}

export interface LeafTransfer {
  readonly kind: TransferKind
  readonly debit: string
  readonly credit: string
  readonly amount: string
  readonly currency: string
  /** `hld_…` of a hold, its posting or its voiding. */
  readonly hold?: string
  /** Of a hold: when it expires. */
  readonly expiresAt?: string
  /** Counts against no limit. */
  readonly uncounted?: true
}

export interface LeafAccount {
  readonly id: string
  readonly purpose: string
  readonly currency: string
  readonly normalSide: string
  readonly noOverdraft: boolean
  readonly limitGroups?: readonly string[]
}

export interface LeafLimitGroup {
  /** `lgr_…` of the group that counts for this one from now on. */
  readonly absorbs?: string
  readonly id: string
  readonly currency: string
  readonly policyVersion: string
  readonly limits: Limits
}

export interface LeafAccountChange {
  readonly id: string
  readonly status: AccountStatus
}

/**
 * One transaction as the log has it: ids, amounts, codes, times and commitments; nothing personal. Its canonical JSON
 * (RFC 8785) is leaf number `sequence - 1` of the tenant's Merkle tree, and the only stored form of the transaction.
 */
export interface Leaf {
  readonly v: 1
  readonly tenant: string
  readonly sequence: number
  readonly id: string
  readonly time: string
  readonly purpose: string
  readonly references: Readonly<Record<string, string>>
  readonly limitGroups?: readonly LeafLimitGroup[]
  readonly accounts: readonly LeafAccount[]
  readonly changes?: readonly LeafAccountChange[]
  readonly transfers: readonly LeafTransfer[]
  readonly events: readonly EventPlan[]
  readonly commitments: readonly string[]
}

/** The leaf's text, exactly as it is hashed. One whose members are in canonical order already is written quicker. */
export const leafText = (leaf: Leaf): string => canonicalJson(leaf)

/** Hash of a leaf's text as it stands in the tree: RFC 9162's, without a copy of the bytes. */
export const hashLeaf = (text: string): Uint8Array => bytesOf(hash('sha256', `\0${text}`, 'binary'))

/** @throws {SyntaxError} what is stored is not a leaf: it was altered by hand */
export function parseLeaf(text: string): Leaf {
  const leaf: unknown = JSON.parse(text)
  if (typeof leaf !== 'object' || leaf === null || (leaf as Leaf).v !== 1) throw new SyntaxError('not a leaf')
  return leaf as Leaf
}

/**
 * Id of the event at `index` of a transaction: its time, then a hash of both, so that it sorts as the transaction does
 * and nobody needs to store it.
 */
export function eventId(transactionId: string, index: number): string {
  const uuid = toUuid(transactionId, 'txn')
  const tail = hash('sha256', canonicalBytes([uuid, index]), 'hex')
  return toTypeId('evt', `${uuid.slice(0, 13)}-8${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(6, 18)}`)
}
