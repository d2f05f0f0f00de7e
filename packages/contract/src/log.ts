import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { type Alternative, operation } from './operation.ts'
import { pageOf, strictObject } from './values.ts'

const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' })
const TreeSize = Type.Integer({ minimum: 0, description: 'Leaves in the tree' })

export const InclusionProof = strictObject(
  {
    transactionId: idOf('txn'),
    sequence: Type.Integer({ minimum: 1 }),
    leafIndex: Type.Integer({ minimum: 0, description: 'The sequence less one' }),
    leaf: Type.String({ description: 'Base64 of the canonical JSON that was hashed' }),
    leafHash: Base64,
    treeSize: TreeSize,
    path: Type.Array(Base64, { description: 'From the leaf up (RFC 9162, 2.1.3)' }),
    checkpoint: Type.String({ description: 'Signed note of origin, size and root (C2SP tlog-checkpoint)' }),
  },
  { title: 'InclusionProof' },
)
export interface InclusionProof extends Static<typeof InclusionProof> {}

export const ConsistencyProof = strictObject(
  {
    fromSize: TreeSize,
    toSize: TreeSize,
    path: Type.Array(Base64, { description: 'RFC 9162, 2.1.4' }),
    checkpoint: Type.String(),
  },
  { title: 'ConsistencyProof' },
)
export interface ConsistencyProof extends Static<typeof ConsistencyProof> {}

export const Leaf = strictObject(
  { sequence: Type.Integer({ minimum: 1 }), leaf: Type.String({ description: 'Canonical JSON (RFC 8785)' }) },
  { title: 'Leaf' },
)
export interface Leaf extends Static<typeof Leaf> {}

export const LeafPage = pageOf(Leaf, 'LeafPage')

export const Opening = strictObject(
  {
    salt: Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$', description: 'Base64, 32 bytes' }),
    record: Type.Record(Type.String(), Type.Unknown(), { description: 'What was written, exactly' }),
  },
  { title: 'Opening', description: 'Shows what a commitment in the log is to' },
)
export interface Opening extends Static<typeof Opening> {}

export const Openings = strictObject(
  { data: Type.Array(Opening, { description: 'Empty: nobody wrote a text, or it was erased' }) },
  { title: 'Openings', description: 'Opens the commitments of one transaction' },
)
export interface Openings extends Static<typeof Openings> {}

/** The same proof as text that verifies by itself: leaf, path and checkpoint in one. */
export const TLOG_PROOF = {
  mediaType: 'text/plain',
  description: 'The proof as C2SP tlog-proof, with the leaf as its extra data; verifies with no network',
} as const satisfies Alternative

export const getLogCheckpoint = operation({
  id: 'getLogCheckpoint',
  method: 'GET',
  path: '/v1/log/checkpoint',
  summary: 'The newest signed checkpoint of this tenant’s log',
  scope: 'log:read',
  response: Type.String(),
  mediaType: 'text/plain',
  problems: ['proof_not_found', 'log_unsigned'],
})

export const getLogTile = operation({
  id: 'getLogTile',
  method: 'GET',
  path: '/v1/log/tile/{tilePath*}',
  summary: 'A tile of hashes, `0/x001/234.p/12` (C2SP tlog-tiles)',
  scope: 'log:read',
  response: Type.Unsafe<Uint8Array>({ type: 'string', contentMediaType: 'application/octet-stream' }),
  mediaType: 'application/octet-stream',
  problems: ['tile_not_found'],
})

export const getLogProof = operation({
  id: 'getLogProof',
  method: 'GET',
  path: '/v1/log/proofs/{transactionId}',
  summary: 'The proof that a transaction is in the log',
  scope: 'log:read',
  response: InclusionProof,
  alternatives: [TLOG_PROOF],
  problems: ['transaction_not_found', 'proof_not_found', 'log_unsigned'],
})

export const getLogOpenings = operation({
  id: 'getLogOpenings',
  method: 'GET',
  path: '/v1/log/openings/{transactionId}',
  summary:
    'What opens the commitments of a transaction: the texts that were written with it, and their salts. ' +
    'Of a decision about a case: with the scope `cases:read`, too',
  scope: 'log:read',
  response: Openings,
  problems: ['transaction_not_found'],
})

export const getLogConsistency = operation({
  id: 'getLogConsistency',
  method: 'GET',
  path: '/v1/log/consistency',
  summary: 'The proof that the log only grew since a size',
  scope: 'log:read',
  query: strictObject({ from: Type.Integer({ minimum: 1 }) }),
  response: ConsistencyProof,
  problems: ['proof_not_found', 'log_unsigned'],
})

export const listLogLeaves = operation({
  id: 'listLogLeaves',
  method: 'GET',
  path: '/v1/log/leaves',
  summary: 'The leaves themselves, oldest first: a bank’s books',
  scope: 'log:read',
  query: strictObject({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Default 100' })),
    after: Type.Optional(Type.String({ pattern: '^\\d{1,15}$', description: 'Sequence' })),
  }),
  response: LeafPage,
  problems: [],
})

/** The public face of a log, where any C2SP tlog-tiles client finds it: hashes and signatures, no leaf. */
export const getPublishedCheckpoint = operation({
  id: 'getPublishedCheckpoint',
  method: 'GET',
  path: '/log/{tenantCode}/checkpoint',
  summary: 'The newest signed checkpoint of a tenant’s log, for everybody (C2SP tlog-tiles)',
  scope: 'public',
  response: Type.String(),
  mediaType: 'text/plain',
  caching: 'revalidated',
  problems: ['log_not_found', 'proof_not_found', 'log_unsigned'],
})

export const getPublishedTile = operation({
  id: 'getPublishedTile',
  method: 'GET',
  path: '/log/{tenantCode}/tile/{tilePath*}',
  summary: 'A tile of hashes of a tenant’s log, for everybody, for good (C2SP tlog-tiles)',
  scope: 'public',
  response: Type.Unsafe<Uint8Array>({ type: 'string', contentMediaType: 'application/octet-stream' }),
  mediaType: 'application/octet-stream',
  caching: 'immutable',
  problems: ['log_not_found', 'tile_not_found'],
})

/** After a restore a log goes on in a new epoch, which is a log of its own to C2SP: another prefix, another origin. */
export const getEpochCheckpoint = operation({
  id: 'getEpochCheckpoint',
  method: 'GET',
  path: '/log/{tenantCode}/{epoch}/checkpoint',
  summary: 'The newest signed checkpoint of a later epoch of a tenant’s log, for everybody',
  scope: 'public',
  response: Type.String(),
  mediaType: 'text/plain',
  caching: 'revalidated',
  problems: ['log_not_found', 'proof_not_found', 'log_unsigned'],
})

export const getEpochTile = operation({
  id: 'getEpochTile',
  method: 'GET',
  path: '/log/{tenantCode}/{epoch}/tile/{tilePath*}',
  summary: 'A tile of hashes of a later epoch of a tenant’s log, for everybody, for good',
  scope: 'public',
  response: Type.Unsafe<Uint8Array>({ type: 'string', contentMediaType: 'application/octet-stream' }),
  mediaType: 'application/octet-stream',
  caching: 'immutable',
  problems: ['log_not_found', 'tile_not_found'],
})
