/** What nobody sees in a code (R25): control characters, line separators, direction overrides, half characters. */
const INVISIBLE = /[^ -~\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\u{10ffff}]/u

/** The first character of a text that nobody sees, and where it stands in UTF-16 units. */
export function findInvisible(text: string): RegExpExecArray | null {
  return INVISIBLE.exec(text)
}

/** The text without them; white space becomes spaces. */
export function withoutInvisible(text: string): string {
  return text.replace(/\s/g, ' ').replace(new RegExp(INVISIBLE, 'gu'), '')
}
