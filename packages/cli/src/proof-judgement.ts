import type { Opening, PublishedKey } from '@pisto/contract'
import {
  decodeBase64Url,
  MalformedProof,
  type MalformedProofCode,
  type NoteVerifier,
  ProofRejected,
  type ProofRejectedCode,
  parseCheckpoint,
  parseNote,
  parseTlogProof,
  verifyTlogProof,
} from '@pisto/proof'
import { verifyOpening } from '@pisto/sdk'
import { readObject, textOf } from './lines.ts'

/** What a full receipt shows: a transaction of a tenant's log, by the log's own signature. */
export interface ProofJudgement {
  readonly ok: boolean
  /** Why it is not genuine; null: it is. */
  readonly reason: MalformedProofCode | ProofRejectedCode | null
  /** The log's name: what its checkpoint says. */
  readonly origin: string | null
  readonly treeSize: number | null
  readonly leafIndex: number | null
  readonly tenantId: string | null
  /** Of the key that signed; null with a bare key. */
  readonly tenantCode: string | null
  readonly livemode: boolean | null
  readonly transactionId: string | null
  readonly paymentId: string | null
  readonly purpose: string | null
  readonly time: string | null
  /** What was written, by the openings that were given. */
  readonly texts: readonly Opening['record'][]
  readonly transfers: readonly { readonly kind: string; readonly amount: string; readonly currency: string }[]
}

const HEADER = 'c2sp.org/tlog-proof@'

/** Whether a text means to be C2SP tlog-proof, of whatever version. */
export const isProofText = (text: string): boolean => text.startsWith(HEADER)

/**
 * Judges a full receipt off line. Only what a trusted key signed is shown.
 *
 * @param text C2SP tlog-proof, with the leaf as its extra data.
 * @param trusted A directory of keys: of the tenant that the leaf names, those for checkpoints count; or one bare key,
 *   which also says what the log is called.
 * @param openings Of the API's receipt or of the log: each must open a commitment of the leaf; the first that does not
 *   is the refusal.
 * @see https://c2sp.org/tlog-proof section "Verifying a tlog proof"
 */
export async function judgeProof(
  text: string,
  trusted: readonly PublishedKey[] | NoteVerifier,
  openings: readonly Opening[] = [],
): Promise<ProofJudgement> {
  try {
    const proof = parseTlogProof(text)
    const leaf = readLeaf(proof.leaf)
    const keys = 'name' in trusted ? undefined : keysOf(trusted, textOf(leaf, 'tenant'))
    const log =
      'name' in trusted
        ? { origin: trusted.name, publicKeys: [trusted.publicKey] }
        : {
            origin: parseCheckpoint(parseNote(proof.checkpoint).text).origin,
            publicKeys: (keys ?? []).map(({ x }) => decodeBase64Url(x)),
          }
    const { index, checkpoint } = await verifyTlogProof(text, log)
    for (const opening of openings) verifyOpening(new TextDecoder().decode(proof.leaf), opening)
    if (leaf?.['sequence'] !== index + 1) throw new ProofRejected('leaf_missing', 'the leaf is of another place')
    return {
      ...NOTHING,
      ok: true,
      reason: null,
      origin: checkpoint.origin,
      treeSize: checkpoint.size,
      leafIndex: index,
      tenantCode: keys?.[0]?.tenantCode ?? null,
      livemode: keys?.[0]?.livemode ?? null,
      texts: openings.map(({ record }) => record),
      ...told(leaf),
    }
  } catch (error) {
    if (!(error instanceof MalformedProof || error instanceof ProofRejected)) throw error
    return { ...NOTHING, ok: false, reason: error.code }
  }
}

const keysOf = (keys: readonly PublishedKey[], tenantId: string | undefined): readonly PublishedKey[] =>
  keys.filter((key) => key.use === 'checkpoint' && key.tenantId === tenantId)

const readLeaf = (leaf: Uint8Array | undefined): ReturnType<typeof readObject> =>
  leaf && readObject(new TextDecoder().decode(leaf))

function told(leaf: Readonly<Record<string, unknown>>): Partial<ProofJudgement> {
  const text = (name: string): string | null => textOf(leaf, name) ?? null
  const { references, transfers } = leaf as { references?: Record<string, unknown>; transfers?: unknown }
  return {
    tenantId: text('tenant'),
    transactionId: text('id'),
    purpose: text('purpose'),
    time: text('time'),
    paymentId: textOf(references, 'paymentId') ?? null,
    transfers: (Array.isArray(transfers) ? transfers : []).map(({ kind, amount, currency }) => {
      return { kind: String(kind), amount: String(amount), currency: String(currency) }
    }),
  }
}

const NOTHING = {
  origin: null,
  treeSize: null,
  leafIndex: null,
  tenantId: null,
  tenantCode: null,
  livemode: null,
  transactionId: null,
  paymentId: null,
  purpose: null,
  time: null,
  texts: [],
  transfers: [],
} as const
