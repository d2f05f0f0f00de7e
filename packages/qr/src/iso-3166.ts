/**
 * Country codes of ISO 3166-1 alpha-2, and XK, which Kosovo's banks use: for each first letter, A to Z, the second
 * letters. Short, because it travels to browsers.
 *
 * @see ISO 3166-1:2020 (Debian iso-codes 4.15)
 */
const SECOND_LETTERS = (
  'DEFGILMOQRSTUWXZ ABDEFGHIJLMNOQRSTVWYZ ACDFGHIKLMNORUVWXYZ EJKMOZ CEGHRST IJKMOR ABDEFGHILMNPQRSTUWY ' +
  'KMNRTU DELMNOQRST EMOP EGHIMNPRWYZ ABCIKRSTUVY ACDEFGHKLMNOPQRSTUVWXYZ ACEFGILOPRUZ M AEFGHKLMNRSTWY A ' +
  'EOSUW ABCDEGHIJKLMNORSTVXYZ CDFGHJKLMNORTVWZ AGMSYZ ACEGINU FS K ET AMW'
).split(' ')

/** Is this the upper-case code of a country? */
export function isCountry(text: string): boolean {
  return text.length === 2 && SECOND_LETTERS[text.charCodeAt(0) - 65]?.includes(text.charAt(1)) === true
}
