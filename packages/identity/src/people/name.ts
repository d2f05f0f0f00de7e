import { type Finding, findingOf, type Texts } from '../finding.ts'

/** Why a name is refused. */
export type NameCode =
  | 'empty' // nothing that can be seen
  | 'control' // control or text-direction characters, or half a character
  | 'length' // more than NAME_LENGTH_MAX characters

/** The normalised name, or why it is refused. */
export type NameCheck = { readonly valid: true; readonly canonical: string } | Finding<NameCode>

/** Longest name in characters (code points): `Max140Text`, what a payment message can carry. ISO 20022. */
export const NAME_LENGTH_MAX = 140

const TEXTS: Texts<NameCode> = {
  empty: ['The name is empty', 'El nombre está vacío'],
  control: ['The name has an invisible control character', 'El nombre tiene un carácter de control invisible'],
  length: ['The name is longer than 140 characters', 'El nombre tiene más de 140 caracteres'],
}

/** Controls, format marks, half characters, line breaks; joiners stay: emoji on shop signs need them. */
const UNWANTED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * Normalises the name of a person or a business: NFC, one space between words, none around them.
 *
 * Names are data. `=HYPERLINK("http://x","Taller Rosa")` is a name like any other: whoever writes a
 * spreadsheet neutralises it there. Capitals, accents and apostrophes stay as written.
 *
 * @returns The name in the form to store and show, or a finding. Line breaks and tabs count as control characters.
 * @see Unicode Standard Annex #15 (NFC), section 1.2
 * @example
 * checkName('  Rosa   Umaña ') // { valid: true, canonical: 'Rosa Umaña' }
 */
export function checkName(text: string): NameCheck {
  if (UNWANTED.test(text)) return findingOf(TEXTS, 'control')
  const canonical = text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim()
  if (!VISIBLE.test(canonical)) return findingOf(TEXTS, 'empty')
  if ([...canonical].length > NAME_LENGTH_MAX) return findingOf(TEXTS, 'length')
  return { valid: true, canonical }
}
