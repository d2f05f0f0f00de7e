/**
 * What is wrong with a code, in words (`@pisto/qr/doctor`): texts that wallets which only need ok or not ok leave out.
 */
export { reportOn } from './advise.ts'
export type { CodeKind, CodeObject } from './code-objects.ts'
export { compareCodes, type Difference } from './compare-codes.ts'
export { COUNTRY_PROFILES, type CountryProfile } from './country-profiles.ts'
export { type Diagnosis, diagnose } from './diagnose.ts'
export { type ExplainedFinding, explain } from './explain.ts'
export { merchantObjectName, type ObjectName } from './object-names.ts'
export { PROFILE_RULES, type ProfileRuleId } from './profile-rules.ts'
export { RULE_TEXTS, type RuleTexts } from './rule-texts.ts'
