import { type BerObject, decodeBase64, readBer } from './ber.ts'
import { consumerObjectName, merchantObjectName, type ObjectName } from './object-names.ts'
import { HEAD, readObjects, type TlvObject } from './tlv.ts'

/** Who shows the code: the shop, or the payer's wallet. */
export type CodeKind = 'merchantPresented' | 'consumerPresented'

/** A plain value of a code, and where it stands. */
export interface CodeObject {
  /** `54`, `62.05`; of payers' codes tags, `61.4F`, and `61[2].4F` in the second of its kind. */
  readonly path: string
  readonly name: ObjectName | undefined
  /** As it stands there; of payers' codes upper-case hexadecimal digits. */
  readonly value: string
  /** Where its id stands: characters from the start, of payers' codes bytes of the decoded code. */
  readonly offset: number
}

/** Payers' codes are base64 of object 85, so they begin with it; a shop's code begins with digits. */
export const kindOf = (payload: string): CodeKind => (/^hQ/.test(payload) ? 'consumerPresented' : 'merchantPresented')

/** The plain values of a code in their order, as far as they can be read: broken codes, too, have a beginning. */
export function codeObjects(payload: string): readonly CodeObject[] {
  return kindOf(payload) === 'merchantPresented'
    ? readObjects(payload).objects.flatMap((object) => merchantObjects(object, object.id))
    : consumerObjects(readBer(bytesOf(payload)).objects, '')
}

const isTemplate = (id: string): boolean => (id >= '26' && id <= '51') || id === '62' || id === '64' || id >= '80'

function merchantObjects({ id, value, offset }: TlvObject, path: string): CodeObject[] {
  const mayContain = path === id ? isTemplate(id) : path.startsWith('62.') && id >= '50'
  const inside =
    mayContain && value !== '' && path.length < '62.50.00'.length ? readObjects(value, offset + HEAD) : undefined
  if (inside === undefined || inside.fault !== undefined) {
    return [{ path, name: merchantObjectName(path), value, offset }]
  }
  return inside.objects.flatMap((object) => merchantObjects(object, `${path}.${object.id}`))
}

function consumerObjects(objects: readonly BerObject[], parent: string): CodeObject[] {
  const times = new Map<string, number>()
  return objects.flatMap(({ tag, value, offset, children }) => {
    const count = (times.get(tag) ?? 0) + 1
    times.set(tag, count)
    const path = `${parent}${tag}${count === 1 ? '' : `[${count}]`}`
    if (children !== undefined) return consumerObjects(children, `${path}.`)
    return [{ path, name: consumerObjectName(tag), value, offset }]
  })
}

/** Empty where it is no base64. */
function bytesOf(payload: string): Uint8Array {
  try {
    return decodeBase64(payload)
  } catch {
    return new Uint8Array()
  }
}
