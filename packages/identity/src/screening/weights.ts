import type { ReasonCode } from './subject.ts'

/**
 * The rules, with their numbers. Weights are whole, so that the same question has the same answer on every machine:
 * about binary logarithms of how much likelier the observation is for one person than for two (the model of Fellegi and
 * Sunter, “A Theory for Record Linkage”, Journal of the American Statistical Association 64, 1969).
 */
export const SCREENING_ALGORITHM = 'pisto-screening-2'

/** A match from this sum on: three common names are not enough, one rare and one common are. */
export const MATCH_THRESHOLD = 12

/** Decides alone. */
const DECISIVE = 1000

export const REASON_WEIGHTS: Readonly<Record<ReasonCode, number>> = {
  id_equal: 10 * DECISIVE,
  id_different: -DECISIVE,
  // Whoever is listed may give another number: where the birth date agrees as well, full names still make a case.
  id_different_birth_date_near: -16,
  id_different_birth_date_equal: -10,
  birth_date_equal: 12,
  birth_date_near: 4,
  birth_date_different: -DECISIVE,
  country_equal: 1,
  country_different: -2,
  kind_different: -DECISIVE,
  complete: 6,
  complete_but_married: 3,
  married_names_differ: -4,
  single_word: -DECISIVE,
  only_initials: -DECISIVE,
  no_given_name: -DECISIVE,
  no_surname: -DECISIVE,
  given_conflict: -40,
  surname_conflict: -40,
  place_conflict: -40,
  mixed_leftovers: -6,
  generation_conflict: -60,
  given_missing: -1,
  surname_missing: 0,
  first_surname_missing: -4,
  surnames_swapped: -4,
  alias_equal: 3,
  same_business_name: 8,
  nothing_distinctive: -DECISIVE,
  distinctive_conflict: -40,
  distinctive_missing: -6,
  trade_conflict: -2,
  number_conflict: -40,
}

/** 0 to 1, and 0.5 at the threshold; three decimals. */
export function scoreOf(total: number): number {
  if (total <= 0) return 0
  if (total >= DECISIVE / 2) return 1
  return Math.round((total * 1000) / (total + MATCH_THRESHOLD)) / 1000
}
