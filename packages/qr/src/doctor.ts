/** What is wrong with a code, in words: the texts that wallets which only need ok or not ok leave out. */
export { type ExplainedFinding, explain } from './explain.ts'
export { RULE_TEXTS, type RuleTexts } from './rule-texts.ts'
