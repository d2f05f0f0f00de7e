export * from './base64.ts'
export * from './canonical-json.ts'
export * from './challenge.ts'
export * from './checkpoint.ts'
export * from './commitment.ts'
export * from './directory.ts'
export { PUBLIC_KEY_LENGTH, SEED_LENGTH, SIGNATURE_LENGTH, verifyEd25519 } from './ed25519.ts'
export * from './epoch.ts'
export * from './errors.ts'
export * from './evidence.ts'
export * from './frontier.ts'
export * from './hash-reader.ts'
export * from './key-id.ts'
export {
  isNoteName,
  type Note,
  type NoteSignature,
  type NoteSigner,
  type NoteVerifier,
  noteKeyHash,
  parseNote,
  signNote,
  verifyNote,
} from './note.ts'
export * from './prove.ts'
export * from './publish-key.ts'
export { KEY_USES, type KeyDirectory, type KeyUse, type PublishedKey } from './published-key.ts'
export { type ParsedReceipt, parseReceipt, type ReceiptFields } from './receipt.ts'
export * from './sha256.ts'
export * from './sign-receipt.ts'
export * from './signer.ts'
export * from './subtrees.ts'
export * from './tiles.ts'
export * from './tlog-proof.ts'
export * from './tree-hash.ts'
export * from './verifier-key.ts'
export * from './verify-proof.ts'
