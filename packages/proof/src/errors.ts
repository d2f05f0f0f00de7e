/** What has not the form that its format prescribes. */
export type MalformedProofCode =
  | 'base64_malformed'
  | 'checkpoint_malformed'
  | 'directory_malformed'
  | 'evidence_malformed'
  | 'frontier_malformed'
  | 'note_malformed'
  | 'receipt_malformed'
  | 'tile_malformed'
  | 'tile_path_malformed'
  | 'tlog_proof_malformed'
  | 'verifier_key_malformed'

/** What has the right form and still does not show what it should. */
export type ProofRejectedCode =
  | 'commitment_mismatch'
  | 'directory_contradicts'
  | 'directory_outdated'
  | 'hash_length'
  | 'index_out_of_range'
  | 'leaf_missing'
  | 'origin_mismatch'
  | 'path_length'
  | 'root_mismatch'
  | 'signature_invalid'
  | 'signature_missing'
  | 'size_out_of_range'

/** Bytes or text that cannot be read: damaged on the way or never written by an honest party. */
export class MalformedProof extends Error {
  override readonly name = 'MalformedProof'
  readonly code: MalformedProofCode

  constructor(code: MalformedProofCode, message: string, options: ErrorOptions = {}) {
    super(message, options)
    this.code = code
  }
}

/** A readable proof, signature or commitment that does not hold: what it claims must not be believed. */
export class ProofRejected extends Error {
  override readonly name = 'ProofRejected'
  readonly code: ProofRejectedCode

  constructor(code: ProofRejectedCode, message: string, options: ErrorOptions = {}) {
    super(message, options)
    this.code = code
  }
}
