/** What stands in a message beside the form. */
export interface SmsOptions {
  /** Before the form, for people: `Recibo de Tienda Rosa:`. Only characters of the basic alphabet. Default none. */
  readonly words?: string
}

/** Characters of one message, and of each of two that belong together. @see 3GPP TS 23.038 and TS 23.040, 9.2.3.24.1 */
const ONE_PART = 160
const EACH_OF_TWO = 153

/**
 * The GSM 7-bit default alphabet without the escape: one septet a character. What is beyond it makes a message half as
 * long (UCS-2) or costs two septets. @see 3GPP TS 23.038, section 6.2.1
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const BASIC_CHARACTERS = new Set(BASIC)

/** A marker that networks and people put before a part: `(1/2)`, `2/2:`. */
const MARKER = /^\s*[([]?[12]\s*\/\s*2[)\]]?:?\s*/

/** Far more than two messages with their words: what is longer is not read. */
const LONGEST_READ = 4096

/** Whether each character takes one septet. */
export function isSmsText(text: string): boolean {
  return Array.from(text).every((character) => BASIC_CHARACTERS.has(character))
}

/**
 * A text as one message of at most 160 characters, or two of at most 153: so they fit whether the network joins them or
 * they are sent one by one.
 *
 * @throws {RangeError} it needs more than two, or has characters beyond the basic alphabet
 */
export function smsParts(text: string): readonly string[] {
  if (!isSmsText(text)) throw new RangeError('a character is not in the basic alphabet of SMS')
  if (text.length <= ONE_PART) return [text]
  if (text.length > 2 * EACH_OF_TWO) throw new RangeError(`${text.length} characters do not fit into two messages`)
  return [text.slice(0, EACH_OF_TWO), text.slice(EACH_OF_TWO)]
}

/** @throws {RangeError} as `smsParts` */
export const withWords = (form: string, { words = '' }: SmsOptions): readonly string[] =>
  smsParts(words === '' ? form : `${words} ${form}`)

/**
 * What messages may say once they are put together: each alone, all in the order given, all in the other order. Forms
 * have no white space, so none is kept, and what a network or a copy put between is gone.
 */
export function readings(messages: string | readonly string[]): readonly string[] {
  const texts = typeof messages === 'string' ? [messages] : messages
  if (texts.reduce((length, text) => length + text.length, 0) > LONGEST_READ) return []
  const lines = texts.flatMap((text) => text.split(/[\r\n]+/)).map((line) => line.replace(MARKER, ''))
  const joined = [...texts.map((text) => text.replace(MARKER, '')), lines.join(''), lines.toReversed().join('')]
  return joined.map((text) => text.replace(/\s+/g, ''))
}
