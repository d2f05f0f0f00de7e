/**
 * Screening (`@pisto/identity/screening`): names taken apart, and whether two subjects could be one. Pure,
 * deterministic, in browsers and in Node. Apart from the package's main door because of its tables of names.
 */
export { isCalendarDate } from '../people/calendar.ts'
export { fold } from '../people/fold.ts'
export { type NameRank, RANKED_NAMES, type RankedNames } from '../people/name-ranks.ts'
export type { NameWord } from '../people/name-words.ts'
export { NICKNAMES, type NicknameTable } from '../people/nicknames.ts'
export { type NamePart, type PersonName, type PersonNameToken, parsePersonName } from '../people/person-name.ts'
export { phoneticKey, wideKey } from '../people/phonetic-key.ts'
export { type BirthDateRelation, compareBirthDates } from './birth-dates.ts'
export { type AskedKeys, askedKeys, type KeyedSubject, type KeyedWord, keptKeys, mayMatch } from './delta-keys.ts'
export { SCREENING_REASONS } from './reasons.ts'
export { type PreparedSubject, prepareSubject, screen, screenPrepared } from './screen.ts'
export { type ScreeningHit, ScreeningIndex } from './screening-index.ts'
export { type DescribedPerson, type LikenessKeys, likenessKeys, personResemblance } from './similar-person.ts'
export type {
  Explanation,
  PairMethod,
  Reason,
  ReasonCode,
  ScreeningAnswer,
  ScreeningSubject,
  SubjectKind,
  UnpairedWord,
  WordPair,
} from './subject.ts'
export { MATCH_THRESHOLD, SCREENING_ALGORITHM } from './weights.ts'
