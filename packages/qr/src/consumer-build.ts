import { ELEMENTS, encodeElement } from './consumer-elements.ts'
import type { ConsumerApplication, ConsumerData, ConsumerFields, RawObject } from './consumer-fields.ts'
import { type ConsumerRuleId, consumerFinding } from './consumer-rules.ts'
import type { Finding } from './finding.ts'
import { InvalidCode } from './invalid-code.ts'

/** Object 85 with "CPV01". */
const VERSION = '85054350563031'
const AID = /^([0-9A-F]{2}){5,16}$/
/** A length takes one byte after `81`, no more (C05). */
const MAX_BYTES = 255

/**
 * Writes a consumer-presented code: what a payer's wallet shows to a till.
 *
 * Objects are written in one order: the version, applications with the identifier first, common data, others. So
 * what was read and is written again says the same, though perhaps in another order.
 *
 * @returns Base64, for a QR code.
 * @throws {InvalidCode} `C07` no application, `C09` an identifier of another length than 5 to 16 bytes, `C10` a value
 *   that its object cannot hold, or a template of more than 255 bytes
 * @see EMV QR Code Specification for Payment Systems: Consumer-Presented Mode 1.1
 * @example
 * buildConsumer({ applications: [{ aid: 'A0000000555555', label: 'Product1' }] })
 * // 'hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MQ=='
 */
export function buildConsumer({ applications, common, other = [] }: ConsumerFields): string {
  if (applications.length === 0) throw invalid('C07', { path: '61' })
  const hex = [
    VERSION,
    ...applications.map((application) => object('61', applicationObjects(application), '61')),
    common === undefined ? '' : object('62', dataObjects(common, '62', '64'), '62'),
    rawObjects(other, '', ROOT_TAGS),
  ].join('')
  return btoa(hex.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16))))
}

const ROOT_TAGS: ReadonlySet<string> = new Set(['85', '61', '62'])

function applicationObjects({ aid, ...data }: ConsumerApplication): string {
  if (!AID.test(aid)) throw invalid('C09', { path: '61.4F', found: `${aid.length / 2}` })
  return object('4F', aid, '61.4F') + dataObjects(data, '61', '63')
}

function dataObjects(data: ConsumerData, path: '61' | '62', transparentTag: '63' | '64'): string {
  const { transparent, other = [] } = data
  const named = (Object.keys(ELEMENTS) as (keyof typeof ELEMENTS)[]).map((name) => {
    const value = data[name]
    if (value === undefined) return ''
    const element = ELEMENTS[name]
    const at = `${path}.${element.tag}`
    if (!element.allowed.test(value)) throw invalid('C10', { path: at, found: value, limit: element.limit })
    return object(element.tag, encodeElement(element, value), at)
  })
  const inside = `${path}.${transparentTag}`
  const own = transparent === undefined ? '' : object(transparentTag, rawObjects(transparent, inside, NONE), inside)
  return named.join('') + own + rawObjects(other, path, new Set([transparentTag, ...(path === '61' ? ['4F'] : [])]))
}

const NONE: ReadonlySet<string> = new Set()

/** One byte, or two where the five low bits of the first are ones. @see ISO/IEC 8825-1, section 8.1.2 */
const TAG = /^([0-9A-F][0-9A-E]|[02468ACE]F|[13579BDF]F[0-9A-F]{2})$/

/** @param taken Tags that have another place in the fields. */
function rawObjects(objects: readonly RawObject[], path: string, taken: ReadonlySet<string>): string {
  return objects
    .map(({ tag, value }) => {
      const at = path === '' ? tag : `${path}.${tag}`
      if (!TAG.test(tag) || taken.has(tag)) throw invalid('C10', { path: at, found: tag, limit: 'another tag' })
      if (!/^([0-9A-F]{2})*$/.test(value)) throw invalid('C10', { path: at, found: value, limit: 'hex' })
      return object(tag, value, at)
    })
    .join('')
}

/** @param hex The value's bytes. */
function object(tag: string, hex: string, path: string): string {
  const byteCount = hex.length / 2
  if (byteCount > MAX_BYTES) throw invalid('C10', { path, found: `${byteCount}`, limit: `0–${MAX_BYTES} bytes` })
  const length = byteCount.toString(16).padStart(2, '0').toUpperCase()
  return `${tag}${byteCount > 0x7f ? '81' : ''}${length}${hex}`
}

const invalid = (rule: ConsumerRuleId, at: Pick<Finding, 'path' | 'found' | 'limit'>): InvalidCode =>
  new InvalidCode([consumerFinding(rule, { ...at, offset: 0 })])
