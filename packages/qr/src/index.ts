/** EMVCo codes, merchant-presented and consumer-presented: read with every rule, written to the letter. */
export type { BerObject } from './ber.ts'
export { build, type CodeFields } from './build.ts'
export { type ParsedConsumerCode, parseConsumer } from './consumer.ts'
export { buildConsumer } from './consumer-build.ts'
export type { ConsumerApplication, ConsumerData, ConsumerFields, RawObject } from './consumer-fields.ts'
export { CONSUMER_RULES, type ConsumerRuleId } from './consumer-rules.ts'
export { crc16, crcText } from './crc.ts'
export type { MerchantFields, PlainOrTemplate, SubFields } from './fields.ts'
export type { Finding, Profile, Severity } from './finding.ts'
export { InvalidCode } from './invalid-code.ts'
export { NETWORKS, type Network, networksOf } from './networks.ts'
export { type ParsedCode, parse } from './parse.ts'
export {
  DEFAULT_GUID,
  type GuidOption,
  type PistoTemplate,
  pistoTemplate,
  requireGuid,
  withPistoTemplate,
} from './pisto-template.ts'
export { RULES, type Rule, type RuleId } from './rules.ts'
export { toAscii, type WrittenName, writeName } from './spelling.ts'
