import { createHmac } from 'node:crypto'
import type { RandomBytes } from '@pisto/ledger'
import { commitment, encodeBase64, type HmacSha256, SALT_LENGTH } from '@pisto/proof'

/** What people write: it may name anybody, so the log has only a commitment to it. */
export type FreeText = Readonly<Record<string, string | null | Readonly<Record<string, string>>>>

/** What opens the commitment is stored beside the row; both are erased together. */
export interface CommittedText {
  /** 32 bytes, made for this text alone; null: there is no text. */
  readonly salt: Uint8Array | null
  /** For the plan: the HMAC in base64, or none. */
  readonly commitments: readonly string[]
}

/** Commits to some free text, if there is any. */
export function commitText(random: RandomBytes, text: FreeText): CommittedText {
  if (isEmpty(text)) return { salt: null, commitments: [] }
  const salt = random(SALT_LENGTH)
  return { salt, commitments: [commitmentTo(salt, text)] }
}

/** The same commitment again, where a later leaf is about the same text; none where it has no salt (any more). */
export const commitAgain = (salt: Uint8Array | null, text: FreeText): readonly string[] =>
  salt === null ? [] : [commitmentTo(salt, text)]

/** The commitment as the leaf has it. */
export const commitmentTo = (salt: Uint8Array, text: FreeText): string => encodeBase64(commitment(salt, text, hmac))

const isEmpty = (text: FreeText): boolean =>
  Object.values(text).every((value) => value === null || (typeof value === 'object' && Object.keys(value).length === 0))

/** The machine's own: quicker than the portable one. */
const hmac: HmacSha256 = (key, message) => new Uint8Array(createHmac('sha256', key).update(message).digest())
