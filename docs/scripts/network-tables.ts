import { CONSUMER_RULES, NETWORKS, type Network, type Rule } from '@pisto/qr'
import { COUNTRY_PROFILES, type CountryProfile, PROFILE_RULES, RULE_TEXTS } from '@pisto/qr/doctor'
import { code, readable, table } from './markdown.ts'

/** Networks whose codes are known. */
export const qrNetworks = (): string =>
  table(
    ['identifier', 'network', 'country', 'what is known', 'read in'],
    NETWORKS.map((network) => [
      `${code(network.guid)}${network.match === 'prefix' ? ' …' : ''}`,
      network.name,
      network.country || 'several',
      factsOf(network).join('; ') || 'its name',
      readIn(network),
    ]),
  )

function factsOf({ objects, requires, currency }: Network): string[] {
  return [
    ...(objects === undefined ? [] : [`stands in ${objects.map(code).join(', ')}`]),
    ...(requires === undefined ? [] : [`needs ${requires.map(code).join(', ')}`]),
    ...(currency === undefined ? [] : [`pays in ${code(currency)}`]),
  ]
}

/** What is known of the countries themselves. */
export const qrCountries = (): string =>
  table(
    ['country', 'currency', 'what is known', 'read in'],
    COUNTRY_PROFILES.map(({ country, currencies, ...facts }) => [
      country,
      currencies.map(code).join(', '),
      factOf(facts) ?? 'nothing more',
      readIn(facts.cap ?? facts.reserved),
    ]),
  )

function factOf({ cap, reserved }: Pick<CountryProfile, 'cap' | 'reserved'>): string | undefined {
  if (cap !== undefined) return `payments between institutions up to ${cap.amount}`
  return reserved && `${reserved.objects.map(code).join(', ')} are kept for: ${reserved.keeper}`
}

const readIn = (fact: { readonly source: string; readonly verified: boolean } | undefined): string =>
  fact === undefined ? '' : `${fact.source}${fact.verified ? '' : ' (unverified)'}`

/** What `advise` may say. */
export const qrAdvice = (): string => ruleTable(PROFILE_RULES)

/** What may be wrong with a payer's code. */
export const qrConsumerRules = (): string => ruleTable(CONSUMER_RULES)

const ruleTable = (rules: Readonly<Partial<Record<keyof typeof RULE_TEXTS, Rule>>>): string =>
  table(
    ['rule', 'code', 'message', 'hint'],
    Object.entries(rules).map(([rule, { code: name }]) => {
      const [message, hint] = RULE_TEXTS[rule as keyof typeof RULE_TEXTS]
      return [code(rule), code(name), readable(message), readable(hint)]
    }),
  )
