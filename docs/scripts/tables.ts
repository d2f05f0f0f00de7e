import { COUNTRY_CURRENCY, type CountryCode, DOCUMENT_REASONS, REVIEW_REASONS } from '@pisto/contract'
import { RULES, type Rule, type RuleId } from '@pisto/qr'
import { RULE_TEXTS } from '@pisto/qr/doctor'
import { NEXT as PAYMENT_REQUEST_MOVES } from '../../packages/server/src/payment-requests/states.ts'
import { NEXT as PAYMENT_MOVES } from '../../packages/server/src/payments/states.ts'
import { NEXT as QR_CODE_MOVES } from '../../packages/server/src/qr-codes/states.ts'
import { type Policy, policiesOf } from '../../packages/server/src/registrations/policy/policy.ts'
import { sandboxFinding } from '../../packages/server/src/registrations/sandbox-registry.ts'
import { REGISTRATION_MOVES } from '../../packages/server/src/registrations/states.ts'
import { code, readable, table } from './markdown.ts'

type Moves = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>

/** A state table as a diagram. @param start The status in which an object begins. */
function diagram(moves: Moves, start: string): string {
  const lines = Object.entries(moves).flatMap(([from, row]) => {
    const targets = Object.entries(row)
    if (targets.length === 0) return [`  ${from} --> [*]`]
    return targets.map(([event, to]) => `  ${from} --> ${to}: ${event}`)
  })
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${start}`, ...lines, '```'].join('\n')
}

export const registrationDiagram = (): string => diagram(REGISTRATION_MOVES, 'draft')
export const paymentDiagram = (): string => diagram(PAYMENT_MOVES, 'created')
export const qrCodeDiagram = (): string => diagram(QR_CODE_MOVES, 'active')
export const paymentRequestDiagram = (): string => diagram(PAYMENT_REQUEST_MOVES, 'open')

/** Why somebody is returned, rejected, suspended or closed, in the words that they read. */
export const reviewReasons = (): string =>
  table(
    ['reason', 'of', 'to mend', 'the person reads'],
    Object.entries(REVIEW_REASONS).map(([reason, row]) => [
      code(reason),
      row.for.map(code).join(', '),
      row.requirement === null ? '' : code(row.requirement),
      row.messageEs,
    ]),
  )

/** Why a document is not accepted, in the words that its person reads. */
export const documentReasons = (): string =>
  table(
    ['reason', 'the person reads'],
    Object.entries(DOCUMENT_REASONS).map(([reason, { messageEs }]) => [code(reason), messageEs]),
  )

/** Every rule of merchant-presented codes. */
export function qrRules(): string {
  const rows = (Object.keys(RULES) as RuleId[]).map((rule) => {
    const { code: name, tolerated }: Rule = RULES[rule]
    const [message, hint] = RULE_TEXTS[rule]
    return [code(rule), code(name), tolerated ? 'warning' : 'error', readable(message), readable(hint)]
  })
  return table(['rule', 'code', 'when tolerant', 'message', 'hint'], rows)
}

const COUNTRIES = Object.keys(COUNTRY_CURRENCY) as CountryCode[]

const newest = (country: CountryCode): Policy => {
  const policy = policiesOf(country).at(-1)
  if (policy === undefined) throw new Error(`${country} has no policy`)
  return policy
}

/** What each tier asks for and gives, by country: the newest version. */
export function tiers(): string {
  const rows = COUNTRIES.flatMap((country) => {
    const { version, currency, tiers: all } = newest(country)
    return all.map(({ tier, evidence, capabilities, limits }) => [
      country,
      String(tier),
      evidence.map(code).join(', '),
      capabilities.merchant.map(code).join(', '),
      capabilities.consumer.map(code).join(', ') || 'not for consumers',
      `${limits.in.perPayment} / ${limits.in.perDay} / ${limits.in.perMonth} / ${limits.balance} ${currency}`,
      code(version),
    ])
  })
  const head = [
    'country',
    'tier',
    'evidence',
    'merchant may',
    'consumer may',
    'payment / day / month / balance',
    'policy',
  ]
  return table(head, rows)
}

/** A document for each fate: eight digits of serial for GT and SV, five for HN. */
const FATES = [
  ['0000', 'The registration is active at once, like that of every other number.'],
  ['1111', 'The registry knows another person under this number: the registration goes to review.'],
  ['2222', 'A picture of the document is needed: the registration goes to review.'],
  ['9999', 'An entry of [the sandbox’s own list](../guides/screening.md) has it: a person has to look at it.'],
] as const

/** An entry of the sandbox's own list has it: no registry. */
const LISTED = '9999'

/** Numbers to which the sandbox gives a fate. */
export const magicNumbers = (): string =>
  table(
    ['serial ends in', 'finding', 'what happens'],
    FATES.map(([ending, what]) => [code(ending), findingOf(ending), what]),
  )

function findingOf(ending: string): string {
  if (ending === LISTED) return code('possibleMatch')
  const found = new Set([
    sandboxFinding('GT', `0000${ending}00101`),
    sandboxFinding('HN', `080119900${ending}`),
    sandboxFinding('SV', `0000${ending}0`),
  ])
  const [finding = null] = found
  if (found.size !== 1) throw new Error(`the countries differ on ${ending}`)
  return finding === null ? 'none' : code(finding)
}
