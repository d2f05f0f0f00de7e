import { DEFAULT_GUID, type GuidOption } from './pisto-template.ts'
import { fromExpiry, readSignatureTemplates, signedBytes } from './signature-templates.ts'
import { subFieldsOf } from './template.ts'
import { readObjects, type TlvObject, writeObject } from './tlv.ts'

/** The signature a code carries. Nothing about it has been verified. */
export type CodeSignature =
  | { readonly status: 'absent' }
  /** Templates of ours in `80` or `81`, but not as we write them, or a text that is no code: refuse. */
  | { readonly status: 'malformed' }
  | {
      readonly status: 'present'
      readonly keyId: string
      /** 64 bytes. */
      readonly signature: Uint8Array
      /** What the signature must be of. */
      readonly signedBytes: Uint8Array
      /** From this moment on the code is expired. */
      readonly expiresAt?: Date
    }

/**
 * Reads the signature of a code without judging it. Never throws, for any text.
 *
 * Only one form is read as present: `80` directly before `81`, after everything that is below them
 * and before everything above. So each character of a signed code is either signed or fixed.
 *
 * @param payload As scanned. Check it with `parse`, or use `verifySigned`, which does.
 */
export function readSignature(payload: string, { guid = DEFAULT_GUID }: GuidOption = {}): CodeSignature {
  const { objects, fault } = readObjects(payload)
  if (fault !== undefined) return { status: 'malformed' }
  const ours = objects.filter(({ id, value }) => (id === '80' || id === '81') && isOurs(value, guid))
  const [first, second] = ours
  if (first === undefined) return { status: 'absent' }
  if (second === undefined || ours.length > 2 || !isInPlace(objects, first, second)) return { status: 'malformed' }

  const templates = readSignatureTemplates(inside(first), inside(second))
  if (templates === undefined || templates.guid !== guid) return { status: 'malformed' }
  if (!isAsWritten(first) || !isAsWritten(second)) return { status: 'malformed' }

  const others = objects.filter(({ id }) => id !== '63' && id !== '80' && id !== '81')
  const bytes = signedBytes(
    others.map(({ id, value }) => (value === '' ? '' : writeObject(id, value))).join(''),
    templates,
  )
  const { keyId, signature, expiry } = templates
  const present = { status: 'present', keyId, signature, signedBytes: bytes } as const
  return expiry === undefined ? present : { ...present, expiresAt: fromExpiry(expiry) }
}

/** Also in other letters, and also if the rest is broken: such a code must not pass as unsigned. */
function isOurs(value: string, guid: string): boolean {
  const found = subFieldsOf(readObjects(value).objects)['00']
  return found?.trim().toLowerCase() === guid.toLowerCase()
}

function isInPlace(objects: readonly TlvObject[], first: TlvObject, second: TlvObject): boolean {
  const at = objects.indexOf(first)
  if (first.id !== '80' || second.id !== '81' || objects[at + 1] !== second) return false
  const before = objects.slice(0, at).every(({ id }) => id < '80' && id !== '63')
  const after = objects.slice(at + 2).every(({ id }) => id > '81' || id === '63')
  return before && after
}

function inside({ value }: TlvObject): Readonly<Record<string, string>> {
  const { objects, fault } = readObjects(value)
  return fault === undefined ? subFieldsOf(objects) : {}
}

/** Objects ascending, each once: the one way `build` writes a template. */
function isAsWritten({ value }: TlvObject): boolean {
  const ids = readObjects(value).objects.map(({ id }) => id)
  return ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ''))
}
