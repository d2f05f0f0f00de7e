import { type BerObject, decodeBase64, readBer } from './ber.ts'
import { type ConsumerFields, consumerFieldsOf } from './consumer-fields.ts'
import { type ConsumerRuleId, consumerFinding } from './consumer-rules.ts'
import type { Finding } from './finding.ts'

/** What `parseConsumer` gives: the fields and the objects they came from, or the first rule that is broken. */
export type ParsedConsumerCode =
  | {
      readonly ok: true
      readonly fields: ConsumerFields
      readonly objects: readonly BerObject[]
      readonly findings: readonly []
    }
  | { readonly ok: false; readonly findings: readonly [Finding] }

/** "CPV01" in hexadecimal digits: the version. */
const CPV01 = '4350563031'

/** Characters of the largest QR code there is: nothing longer was scanned. */
const MAX_SCANNED = 7089

/** Base64 in its one canonical length; that the spare bits are zero is not required of strangers. */
const BASE_64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * Reads a consumer-presented code: what a payer's wallet shows. Never throws, for any text.
 *
 * @param payload As scanned: base64 of BER-TLV objects.
 * @returns Fields and objects, or the first rule broken. A finding's `path` is made of tags (`61.4F`), its `offset`
 *   counts bytes from the start of the decoded code; it is 0 where the code is not base64.
 * @see EMV QR Code Specification for Payment Systems: Consumer-Presented Mode 1.1
 * @example
 * parseConsumer('hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MQ==')
 * // { ok: true, fields: { applications: [{ aid: 'A0000000555555', label: 'Product1' }] }, … }
 */
export function parseConsumer(payload: string): ParsedConsumerCode {
  if (payload === '' || payload.length > MAX_SCANNED || !BASE_64.test(payload)) return refused('C01', 0, '')
  const bytes = decodeBase64(payload)
  const { objects, fault } = readBer(bytes)

  const [first] = objects
  if (first?.tag !== '85' && (first !== undefined || bytes[0] !== 0x85)) return refused('C02', 0, '')
  if (first !== undefined && first.value !== CPV01) return refused('C03', 0, '85', first.value)
  if (fault !== undefined) return refused(fault.rule, fault.offset, fault.path)

  const repeated = objects.slice(1).find(({ tag }) => tag === '85')
  if (repeated !== undefined) return refused('C06', repeated.offset, '85')
  const applications = objects.filter(({ tag }) => tag === '61')
  if (applications.length === 0) return refused('C07', bytes.length, '61')
  for (const { offset, children = [] } of applications) {
    const identifier = children.find(({ tag }) => tag === '4F')
    if (identifier === undefined) return refused('C08', offset, '61')
    const byteCount = identifier.value.length / 2
    if (byteCount < 5 || byteCount > 16) return refused('C09', identifier.offset, '61.4F', `${byteCount}`)
  }
  return { ok: true, fields: consumerFieldsOf(objects), objects, findings: [] }
}

function refused(rule: ConsumerRuleId, offset: number, path: string, found?: string): ParsedConsumerCode {
  return { ok: false, findings: [consumerFinding(rule, { path, offset, ...(found !== undefined && { found }) })] }
}
