/**
 * What is wrong with a code, in words (`@pisto/qr/doctor`): texts that wallets which only need ok or not ok leave out.
 */
export type { CodeKind, CodeObject } from './code-objects.ts'
export { compareCodes, type Difference } from './compare-codes.ts'
export { type Diagnosis, diagnose } from './diagnose.ts'
export { type ExplainedFinding, explain } from './explain.ts'
export { merchantObjectName, type ObjectName } from './object-names.ts'
export { RULE_TEXTS, type RuleTexts } from './rule-texts.ts'
