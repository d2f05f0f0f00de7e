import { aliasesIn, type PersonName, parsePersonName } from '../people/person-name.ts'
import { type BirthDateRelation, compareBirthDates } from './birth-dates.ts'
import { compareIds } from './id-numbers.ts'
import { type BusinessName, compareBusinessNames, parseBusinessName } from './organisation.ts'
import { comparePersonNames, type NameEvidence } from './person.ts'
import type { Explanation, Reason, ReasonCode, ScreeningAnswer, ScreeningSubject, SubjectKind } from './subject.ts'
import { MATCH_THRESHOLD, REASON_WEIGHTS, SCREENING_ALGORITHM, scoreOf } from './weights.ts'

/** One of the names of a subject, taken apart once for all comparisons. */
export interface PreparedName {
  readonly text: string
  readonly isAlias: boolean
  readonly person: PersonName
  readonly business: BusinessName
}

export interface PreparedSubject {
  readonly subject: ScreeningSubject
  readonly kind: SubjectKind
  readonly names: readonly PreparedName[]
  /** Aliases of one word. */
  readonly weakAliases: ReadonlySet<string>
}

/** A subject that is asked about is looked at by several: by each list, and by the keys that are kept of it. */
const asked = new WeakMap<ScreeningSubject, PreparedSubject>()

/** `prepareSubject` of whom others ask about, too. */
export function prepareAsked(subject: ScreeningSubject): PreparedSubject {
  const known = asked.get(subject)
  if (known !== undefined) return known
  const prepared = prepareSubject(subject)
  asked.set(subject, prepared)
  return prepared
}

/**
 * Takes a subject's names apart.
 *
 * @param knownKind As an earlier call told it.
 */
export function prepareSubject(subject: ScreeningSubject, knownKind?: SubjectKind): PreparedSubject {
  const own = prepareName(subject.name, false)
  const aliases = [...(subject.aliases ?? []), ...aliasesIn(subject.name)].map((name) => prepareName(name, true))
  const isWeak = ({ person: { tokens } }: PreparedName): boolean => tokens.length < 2
  const kind = knownKind ?? subject.kind ?? (own.business.isTold ? 'organisation' : 'person')
  const weak = kind === 'organisation' ? [] : aliases.filter(isWeak)
  return {
    subject,
    kind,
    names: [
      own,
      ...aliases.filter((alias) => !weak.includes(alias)),
      ...weak.map(({ text }) => prepareName(withAlias(own, text), true)),
    ],
    weakAliases: new Set(weak.flatMap(({ person: { tokens } }) => tokens.map(({ key }) => key))),
  }
}

/** A weak alias before the surnames, as people say it: Tacuacín Morataya. */
function withAlias({ person: { tokens } }: PreparedName, alias: string): string {
  const surnames = tokens.filter(({ part }) => part === 'surname').map(({ text }) => text)
  return `${surnames.join(' ')}, ${alias}`
}

function prepareName(text: string, isAlias: boolean): PreparedName {
  let person: PersonName | undefined
  let business: BusinessName | undefined
  return {
    text,
    isAlias,
    // taken apart as what it is asked for
    get person() {
      person ??= parsePersonName(text)
      return person
    },
    get business() {
      business ??= parseBusinessName(text)
      return business
    },
  }
}

/**
 * Could the two be one? Ids first, then names word by word, then birth date and country.
 *
 * Pure and in whole numbers: the same question has the same answer on every machine, with every word explained. A
 * match is a case for a person to look at, never a refusal.
 *
 * @example
 * screen({ name: 'Chente Maaz' }, { name: 'MAAZ CHOC, Vicente' }).match // true: a pet name, and a surname less
 */
export function screen(query: ScreeningSubject, entry: ScreeningSubject): ScreeningAnswer {
  return screenPrepared(prepareSubject(query), prepareSubject(entry))
}

/** `screen` for subjects that are compared more than once. */
export function screenPrepared(query: PreparedSubject, entry: PreparedSubject): ScreeningAnswer {
  const facts = compareFacts(query, entry)
  let best: Explanation | undefined
  for (const a of query.names) {
    for (const b of entry.names) {
      const explanation = explain(query, entry, [a, b], facts)
      if (best === undefined || explanation.total > best.total) best = explanation
    }
  }
  if (best === undefined) throw new RangeError('a subject has a name')
  return { score: scoreOf(best.total), match: best.total >= MATCH_THRESHOLD, explanation: best }
}

function explain(
  query: PreparedSubject,
  entry: PreparedSubject,
  [a, b]: readonly [PreparedName, PreparedName],
  facts: readonly Reason[],
): Explanation {
  const isOrganisation = query.kind === 'organisation' || entry.kind === 'organisation'
  const isSameBirthDate = facts.some(({ code }) => code === 'birth_date_equal')
  const evidence: NameEvidence = isOrganisation
    ? compareBusinessNames(a.business, b.business)
    : comparePersonNames(a.person, b.person, isSameBirthDate)
  const reasons = [...facts, ...evidence.reasons]
  const total = [...evidence.pairs, ...reasons].reduce((sum, { weight }) => sum + weight, 0)
  return {
    algorithm: SCREENING_ALGORITHM,
    kind: isOrganisation ? 'organisation' : 'person',
    compared: { query: a.text, entry: b.text },
    pairs: evidence.pairs,
    unpaired: evidence.unpaired,
    reasons,
    total,
    threshold: MATCH_THRESHOLD,
  }
}

/** What else than names is known of both. */
function compareFacts(query: PreparedSubject, entry: PreparedSubject): readonly Reason[] {
  const [a, b] = [query.subject, entry.subject]
  const ids = compareIds(a.ids ?? [], b.ids ?? [])
  const births = compareBirthDates(a.dob, b.dob)
  const codes: ReasonCode[] = []
  if (ids === 'equal') return [reason('id_equal')]
  if (ids === 'different' || (ids === 'near' && births !== 'equal')) codes.push(differentIds(births))
  if (births !== 'unknown') codes.push(`birth_date_${births}`)
  if (a.country !== undefined && b.country !== undefined) {
    codes.push(a.country.toUpperCase() === b.country.toUpperCase() ? 'country_equal' : 'country_different')
  }
  if (a.kind !== undefined && b.kind !== undefined && a.kind !== b.kind) codes.push('kind_different')
  if ([...query.weakAliases].some((alias) => entry.weakAliases.has(alias))) codes.push('alias_equal')
  return codes.map(reason)
}

/** A number that somebody gave rules nobody out alone who has the birth date as well: only a person can see the document. */
function differentIds(births: BirthDateRelation): ReasonCode {
  if (births === 'equal') return 'id_different_birth_date_equal'
  return births === 'near' ? 'id_different_birth_date_near' : 'id_different'
}

const reason = (code: ReasonCode): Reason => ({ code, weight: REASON_WEIGHTS[code] })
