/** A data key as it is stored: wrapped, with the name of the key that wrapped it. */
export interface WrappedKey {
  readonly wrapped: Uint8Array
  readonly providerKeyId: string
}

/**
 * Holds the keys that wrap the data keys of persons. They never leave it, and are never in the database: whoever has
 * the database alone opens nothing. Ours take them from a file or the environment (`local-keys.ts`); a bank
 * implements these three members for its KMS or HSM, and gives the object to the runtime.
 *
 * Wrapping keys rotate: `wrap` uses the newest, `unwrap` takes every one that still wraps something. After a start with
 * another `currentKeyId` the server wraps the data keys anew, one after another (`rewrap.ts`); what they seal stays.
 *
 * @example A KMS that knows encryption contexts:
 * const provider: KeyProvider = {
 *   currentKeyId: 'alias/pisto-2027',
 *   wrap: async (key, context) => ({ providerKeyId: 'alias/pisto-2027', wrapped: await kms.encrypt(key, context) }),
 *   unwrap: ({ wrapped, providerKeyId }, context) => kms.decrypt(providerKeyId, wrapped, context),
 * }
 */
export interface KeyProvider {
  /** Names the key that `wrap` uses now: at most 200 characters, never the key itself. */
  readonly currentKeyId: string
  /**
   * @param key 32 bytes.
   * @param context Whose key it is. A wrapped key unwraps only under the context that it was wrapped with.
   */
  wrap(key: Uint8Array, context: string): Promise<WrappedKey>
  /** @throws {Error} another context, another key, or the provider does not answer */
  unwrap(wrapped: WrappedKey, context: string): Promise<Uint8Array>
}
