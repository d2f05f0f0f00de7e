import { createHmac } from 'node:crypto'
import { canonicalJson } from '@pisto/proof'

export interface HashedRequest {
  readonly method: string
  /** As it came, with ids in it. */
  readonly path: string
  readonly query: object
  readonly body: unknown
}

/**
 * Tells whether a repeated key comes with the same request. Keyed, so that a stored hash tells nothing about who is
 * in the body; over canonical JSON (RFC 8785), so that spacing and the order of fields do not matter.
 */
export function hashRequest(secret: Uint8Array, { method, path, query, body }: HashedRequest): Uint8Array {
  const text = `${method}\n${path}\n${canonicalJson({ ...query })}\n${canonicalJson(body)}`
  return new Uint8Array(createHmac('sha256', secret).update(text).digest())
}
