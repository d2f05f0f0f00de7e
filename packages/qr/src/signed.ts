/** Signed merchant codes (`@pisto/qr/signed`): a swapped sticker is seen before anyone pays. */
export { keyIdOf } from './ed25519.ts'
export { type CodeSignature, readSignature } from './read-signature.ts'
export { type SigningKey, signPayload } from './sign-payload.ts'
export {
  examineSigned,
  type LookupKey,
  type RefusalReason,
  type SignatureVerdict,
  type VerificationKey,
  type VerifyOptions,
  verifySigned,
} from './verify-signed.ts'
