import { drawDate, drawPerson, fullName, listedName, type SeededRandom } from '@pisto/testkit'
import type { PairRule } from './pair-rules.ts'
import { COMMON_SHOP_PAIRS, DISTINCTIVE_WORDS, LEGAL_FORMS_WRITTEN, TRADES } from './pair-words.ts'
import { mistype } from './spellings.ts'

/** Kinds in which more than names decides, and those of businesses. */
export const FACT_RULES: Readonly<Record<string, PairRule>> = {
  'dob-tiebreak': (random) => {
    const person = drawPerson(random)
    const slips = slipsOf(person.dob)
    const isSlip = random.chance(0.5)
    const dob = isSlip ? random.pick(slips) : drawDate(random)
    if (!isSlip && (slips.includes(dob) || dob.slice(0, 4) === person.dob.slice(0, 4))) return undefined
    return {
      query: { name: fullName(person), dob: person.dob },
      entry: { name: listedName(person), dob },
      match: isSlip,
    }
  },
  'id-tiebreak': (random) => {
    const [person, somebody] = [drawPerson(random), drawPerson(random)]
    const [one, two] = [drawId(random), drawId(random)]
    const isSame = random.chance(0.5)
    const name = isSame ? random.pick([fullName(person), fullName(somebody)]) : fullName(person)
    return {
      query: { name, ids: [one] },
      entry: { name: listedName(person), ids: [isSame ? one : two] },
      match: isSame,
    }
  },
  junior: (random) => {
    const { dob, ...person } = drawPerson(random)
    const name = fullName({ ...person, dob })
    const older = `${Number(dob.slice(0, 4)) - 25}${dob.slice(4)}`
    return random.pick([
      { query: { name: `${name} hijo`, dob }, entry: { name, dob: older }, match: false },
      { query: { name: `${name} padre`, dob: older }, entry: { name, dob: older }, match: true },
      { query: { name: `${name} hijo` }, entry: { name: `${name} padre` }, match: false },
      { query: { name: `${name} (h)`, dob }, entry: { name: `${name} Jr.`, dob }, match: true },
    ])
  },
  alias: (random) => {
    const [person, known] = [drawPerson(random), drawPerson(random, ['familiar', 'known'])]
    const pet = random.pick(['El Chino', 'El Tacuacín', 'La Seca', 'El Zarco', 'El Colocho'])
    const entry = { name: listedName(person), aliases: [pet, fullName(known)] }
    return random.pick([
      { query: { name: pet.replace(/^\w+ /, '') }, entry, match: false },
      { query: { name: fullName(known) }, entry, match: true },
      { query: { name: `${fullName(person)} alias ${pet}` }, entry, match: true },
    ])
  },
  business: (random) => {
    const [trade, otherTrade] = [random.pick(TRADES), random.pick(TRADES)]
    const [word, otherWord] = [random.pick(DISTINCTIVE_WORDS), random.pick(DISTINCTIVE_WORDS)]
    const [legal, otherLegal] = [random.pick(LEGAL_FORMS_WRITTEN), random.pick(LEGAL_FORMS_WRITTEN)]
    const [one, two] = random.pick(COMMON_SHOP_PAIRS)
    const pair = (query: string, entry: string, match: boolean) => ({
      query: { name: query },
      entry: { name: entry },
      match,
    })
    if (word === otherWord || trade === otherTrade) return undefined
    return random.pick([
      pair(`${trade} ${word} ${legal}`, `${trade} ${word}`.toUpperCase(), true),
      pair(`${trade} ${word} ${legal}`, `${trade} ${word}, ${otherLegal}`, true),
      pair(`${trade} ${mistype(random, word) ?? word}`, `${trade} ${word} ${legal}`, true),
      pair(`${trade} ${one}`, `${trade} ${one} ${legal}`, true),
      pair(`${trade} ${word} ${legal}`, `${trade} ${otherWord} ${legal}`, false),
      pair(`${trade} ${one}`, `${trade} ${two} ${legal}`, false),
      pair(`${trade} ${one}`, `${otherTrade} ${one}`, false),
      pair(`${trade} ${word}`, `${trade} ${word} No. ${2 + random.below(8)}`, false),
      pair(`${trade} ${legal}`, `${otherTrade} ${word} ${legal}`, false),
    ])
  },
}

function slipsOf(dob: string): readonly string[] {
  const [year = '', month = '', day = ''] = dob.split('-')
  const swapped = Number(day) <= 12 ? [`${year}-${day}-${month}`] : []
  return [
    dob,
    year,
    `${Number(year) + 1}-${month}-${day}`,
    `${year}-${month}-${Number(day) === 1 ? '02' : dayBefore(day)}`,
    ...swapped,
  ]
}

const dayBefore = (day: string): string => String(Number(day) - 1).padStart(2, '0')

function drawId(random: SeededRandom): string {
  const digits = Array.from({ length: 13 }, () => random.below(10)).join('')
  return `GT_CUI:${digits}`
}
