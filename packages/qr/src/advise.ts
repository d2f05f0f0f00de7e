import type { CodeObject } from './code-objects.ts'
import { countryProfile } from './country-profiles.ts'
import { type Diagnosis, diagnose } from './diagnose.ts'
import { type ExplainedFinding, explain } from './explain.ts'
import type { MerchantFields } from './fields.ts'
import type { Finding, Profile } from './finding.ts'
import { type Network, networksOf } from './networks.ts'
import { PROFILE_RULES, type ProfileRuleId } from './profile-rules.ts'

type Fields = Partial<MerchantFields>
type Told = Pick<Finding, 'path' | 'found' | 'limit'>

/**
 * What the networks and the country that a shop's code names would say about it: see `NETWORKS` and
 * `COUNTRY_PROFILES`. Warnings only: most of these facts were not read in a primary source.
 *
 * @param diagnosis Of a code that can be read; there is no advice about others, nor about payers' codes.
 * @example
 * advise(diagnose(payload)).map(({ rule, message }) => `${rule}: ${message}`)
 */
export function advise(diagnosis: Diagnosis): readonly ExplainedFinding[] {
  if (diagnosis.kind !== 'merchantPresented' || !diagnosis.ok) return []
  const { fields, objects } = diagnosis
  const networks = networksOf(fields).map(({ network }) => network)
  return [...networks.flatMap((network) => aboutNetwork(fields, network, objects)), ...aboutCountry(fields)].map(
    ([rule, told]) => {
      const { code } = PROFILE_RULES[rule]
      return explain({ code, rule, ...told, offset: offsetOf(objects, told.path), severity: 'warning' })
    },
  )
}

/** The report of a code: what the specification finds, and then what its networks and its country would say. */
export function reportOn(payload: string, options: { readonly profile?: Profile } = {}): Diagnosis {
  const diagnosis = diagnose(payload, options)
  return { ...diagnosis, findings: [...diagnosis.findings, ...advise(diagnosis)] }
}

type Advice = readonly [rule: ProfileRuleId, told: Told]

function aboutNetwork(fields: Fields, network: Network, objects: readonly CodeObject[]): Advice[] {
  const { name, requires = [], currency, country } = network
  const missing = requires.filter((path) => !objects.some((object) => object.path === path))
  const advice: Advice[] = missing.map((path) => ['N01', { path, limit: name }])
  if (currency !== undefined && fields.currency !== currency) {
    advice.push(['N02', { path: '53', found: fields.currency ?? '', limit: currency }])
  }
  if (country !== '' && fields.country !== country) {
    advice.push(['N03', { path: '58', found: fields.country ?? '', limit: country }])
  }
  return advice
}

function aboutCountry({ country, currency = '', amount, merchantAccounts = {} }: Fields): Advice[] {
  const profile = countryProfile(country)
  if (profile === undefined) return []
  const { currencies, cap, reserved } = profile
  const advice: Advice[] = []
  if (!currencies.includes(currency)) advice.push(['N04', { path: '53', found: currency, limit: profile.country }])
  if (cap !== undefined && currency === currencies[0] && amount !== undefined && isMore(amount, cap.amount)) {
    advice.push(['N05', { path: '54', found: amount, limit: cap.amount }])
  }
  for (const path of reserved?.objects ?? []) {
    if (reserved && Object.hasOwn(merchantAccounts, path)) advice.push(['N06', { path, limit: reserved.keeper }])
  }
  return advice
}

/** Of two amounts as object 54 has them. */
function isMore(amount: string, than: string): boolean {
  return toScaled(amount) > toScaled(than)
}

/** An amount has at most 13 characters, so at most 11 decimals. */
function toScaled(amount: string): bigint {
  const [whole = '', decimals = ''] = amount.split('.')
  return BigInt(whole + decimals.padEnd(11, '0'))
}

/** Where the object stands; what is missing stands nowhere. */
function offsetOf(objects: readonly CodeObject[], path: string): number {
  return objects.find((object) => object.path === path || object.path.startsWith(`${path}.`))?.offset ?? 0
}
