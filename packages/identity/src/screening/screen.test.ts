import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SCREENING_REASONS } from './reasons.ts'
import { screen } from './screen.ts'
import type { ScreeningSubject } from './subject.ts'
import { MATCH_THRESHOLD } from './weights.ts'

const codesOf = (query: ScreeningSubject, entry: ScreeningSubject): readonly string[] =>
  screen(query, entry).explanation.reasons.map(({ code }) => code)

describe('how words are made equal', () => {
  it.each([
    // one name, another, method, why
    ['Fabio Rosales Cum', 'Fabio Rosales Cum', 'exact', 'the same'],
    ['Favio Rosales Cum', 'Fabio Rosales Cum', 'phonetic', 'by sound'],
    ['Tencha Quel Sipac', 'Hortensia Quel Sipac', 'nickname', 'a pet name'],
    ['Gpe. Quel Sipac', 'Guadalupe Quel Sipac', 'abbreviation', 'by rule, with a full stop'],
    ['Mª Quel Sipac', 'María Quel Sipac', 'abbreviation', 'by table'],
    ['W. Quel Sipac', 'Walter Quel Sipac', 'initial', 'an initial'],
    ['Gilberto Sanodval Mus', 'Gilberto Sandoval Mus', 'typo', 'a slip'],
    ['Abel de los Reyes Tot', 'ABEL DELOSREYES TOT', 'joined', 'particles written together'],
    ['Juancarlos Quel Sipac', 'Juan Carlos Quel Sipac', 'joined', 'given names written together'],
    ['Ximena Xicay Tzunún', 'Ximena Shicay Zunún', 'transliteration', 'a Mayan word written by ear'],
  ])('%s and %s: %s, %s', (query, entry, method, _why) => {
    const { match, explanation } = screen({ name: query }, { name: entry })
    expect(match).toBe(true)
    expect(explanation.pairs.map((pair) => pair.method)).toContain(method)
  })

  it.each([
    ['Julio Bol Tiul', 'Julia Bol Tiul', 'given_conflict', 'gender'],
    ['Edwin Sorto Umaña', 'Erwin Sorto Umaña', 'given_conflict', 'both are names'],
    ['Lidia Moreno Tay', 'Lidia Morales Tay', 'surname_conflict', 'both are surnames'],
    ['Pedro Coc Tut', 'Pedro Coy Tut', 'surname_conflict', 'a short word is not misspelt'],
    ['Saúl Hernán Boc', 'Saúl Hernández Boc', 'place_conflict', 'another word in its place'],
    ['Ligia Marina Recinos Paiz', 'Ligia Esperanza Recinos Paiz', 'given_conflict', 'sisters'],
    ['María', 'María Teresa Ixmatá Ben', 'single_word', 'one word'],
    ['López Baten', 'LOPEZ BATEN, Tránsito', 'no_given_name', 'a family'],
    ['Rosa Elvira Gámez de Pinel', 'Rosa Pinel Zelaya', 'surname_conflict', 'a husband is no father'],
    ['Comercial San José', 'COMERCIAL SAN JUAN', 'distinctive_conflict', 'two saints'],
    ['Abarrotería Lupita', 'Abarrotería Lupita No. 2', 'number_conflict', 'another branch'],
    ['Grupo Rauda S.A.', 'Grupo Mirna S.A.', 'nothing_distinctive', 'legal form and trade'],
  ] as const)('%s is not %s: %s, %s', (query, entry, code, _why) => {
    expect(screen({ name: query }, { name: entry }).match).toBe(false)
    expect(codesOf({ name: query }, { name: entry })).toContain(code)
  })
})

describe('what is known besides the name', () => {
  const named = (rest: Partial<ScreeningSubject>): ScreeningSubject => ({ name: 'Luis López Cruz', ...rest })

  it.each<[Partial<ScreeningSubject>, Partial<ScreeningSubject>, boolean, string]>([
    [{ dob: '1988-04-12' }, { dob: '1961-09-30' }, false, 'another birth date: a namesake'],
    [{ dob: '1975-02-11' }, { dob: '1975-11-02' }, true, 'day and month swapped'],
    [{ dob: '1975-02-11' }, { dob: '1975' }, true, 'the list knows the year'],
    [{ dob: '1975-02-11' }, { dob: '1974-02-11' }, true, 'the year is off by one'],
    [{ dob: '1975-02-11' }, { dob: '1957-02-11' }, true, 'digits of the year swapped'],
    [{ dob: '1975-02-28' }, { dob: '1975-03-01' }, true, 'the next day, over a month’s end'],
    [{ dob: '1975-02-11' }, { dob: '1972' }, false, 'another year'],
    [{ dob: 'unknown' }, { dob: '1972' }, true, 'what cannot be read says nothing'],
    [{ ids: ['SV_DUI:04567890-3'] }, { ids: ['SV_DUI:045678903'] }, true, 'hyphens do not matter'],
    [{ ids: ['SV_DUI:045678903'] }, { ids: ['SV_DUI:123456784'] }, false, 'another number of the same type'],
    [{ ids: ['SV_DUI:045678903'] }, { ids: ['SV_NIT:123456784'] }, true, 'numbers of two types say nothing'],
    [
      { ids: ['SV_DUI:045678903'], dob: '1975-02-11' },
      { ids: ['SV_DUI:045678908'], dob: '1975-02-11' },
      true,
      'a slip',
    ],
    [
      { ids: ['SV_DUI:045678903'], dob: '1975-02-11' },
      { ids: ['SV_DUI:123456784'], dob: '1975-02-11' },
      true,
      'another number, the same birth date: who is listed may make one up',
    ],
    [
      { ids: ['SV_DUI:045678903'], dob: '1975-02-11' },
      { ids: ['SV_DUI:123456784'], dob: '1975' },
      false,
      'another number, a common name, and a year alone',
    ],
    [
      { ids: ['SV_DUI:045678903'], dob: '1975-02-11' },
      { ids: ['SV_DUI:123456784'], dob: '1961-09-30' },
      false,
      'another number and another birth date',
    ],
    [{ ids: ['SV_DUI:045678903'] }, { ids: ['SV_DUI:045678908'] }, false, 'near numbers without birth dates'],
    [{ kind: 'person' }, { kind: 'organisation' }, false, 'a person is no organisation'],
  ])('%j against %j is %s: %s', (query, entry, match, _why) => {
    expect(screen(named(query), named(entry)).match).toBe(match)
  })

  it('another number and a list that knows the year only: a rare name is still looked at, its half is not', () => {
    const dob = { query: '1975-02-11', entry: '1975' }
    const entry = { name: 'XURUMBUL ZAKIJ, Teódulo', dob: dob.entry, ids: ['GT_CUI:2540123450101'] }
    const asked = { dob: dob.query, ids: ['GT_CUI:1890765430901'] }
    expect(screen({ name: 'Teódulo Xurumbul Zakij', ...asked }, entry).match).toBe(true)
    expect(screen({ name: 'Teódulo Xurumbul Bolom', ...asked }, entry).match).toBe(false)
  })

  it('nothing is not equal to nothing, whatever else is', () => {
    const dob = '1990-03-02'
    expect(screen({ name: ',', dob }, { name: '-', dob }).match).toBe(false)
    expect(screen({ name: 'S.A.', dob }, { name: 'Sociedad Anónima', dob }).match).toBe(false)
  })

  it('an equal id number decides whatever the names', () => {
    const ids = ['GT_CUI:1890765430901']
    expect(screen({ name: 'Walter Xep', ids }, { name: 'Juana Mo', ids, dob: '1970-01-01' })).toMatchObject({
      score: 1,
      match: true,
    })
  })

  it('with the same birth date a letter’s difference between two names is a slip', () => {
    const dob = '1990-03-02'
    expect(screen({ name: 'Edwin Sorto Umaña', dob }, { name: 'Erwin Sorto Umaña', dob }).match).toBe(true)
  })

  it('a weak alias is never enough, but may stand for the given name', () => {
    const entry = { name: 'MORATAYA CUQUE, Eustaquio', aliases: ['El Tacuacín'] }
    expect(screen({ name: 'El Tacuacín' }, entry).match).toBe(false)
    expect(screen({ name: 'Tacuacín Morataya' }, entry).match).toBe(true)
  })
})

const WORDS = [
  'José',
  'Zenaida',
  'Lupe',
  'López',
  'Xicay',
  'Uxpantay',
  'de',
  'la',
  'Cruz',
  'hijo',
  'J.',
  'S.A.',
  'Tienda',
]
const subject = fc.record(
  {
    name: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 }).map((words) => words.join(' ')),
    aliases: fc.array(fc.constantFrom('El Chino', 'Juana Xicay'), { maxLength: 2 }),
    dob: fc.constantFrom('1975', '1975-02-11', '1975-11-02', '1990-01-01', 'x'),
    country: fc.constantFrom('GT', 'HN'),
    ids: fc.array(fc.constantFrom('A:1', 'A:2', 'B:1'), { maxLength: 2 }),
  },
  { requiredKeys: ['name'] },
)

describe('whatever the subjects', () => {
  it('the explanation adds up to the total, and the total decides', () => {
    fc.assert(
      fc.property(subject, subject, (query, entry) => {
        const { score, match, explanation } = screen(query, entry)
        const sum = [...explanation.pairs, ...explanation.reasons].reduce((total, { weight }) => total + weight, 0)
        expect(sum).toBe(explanation.total)
        expect(match).toBe(explanation.total >= MATCH_THRESHOLD)
        expect(match).toBe(score >= 0.5)
        expect(score).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('asking the other way round decides the same, where no word comes twice', () => {
    fc.assert(
      fc.property(subject, subject, (query, entry) => {
        expect(screen(query, entry).match).toBe(screen(entry, query).match)
      }),
      { numRuns: 1000 },
    )
  })

  it('any text is a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (query, entry) => {
        expect(screen({ name: query }, { name: entry }).score).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

it('every reason has its words in both languages', () => {
  for (const [code, texts] of Object.entries(SCREENING_REASONS)) {
    expect(new Set(texts).size, code).toBe(2)
    for (const text of texts) expect(text.length).toBeGreaterThan(10)
  }
})
