/** What nobody sees in a code (R25): control characters, line separators, direction overrides, half characters. */
export const INVISIBLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u

/** The text without them; white space becomes spaces. */
export function withoutInvisible(text: string): string {
  return text.replace(/\s/g, ' ').replace(new RegExp(INVISIBLE, 'gu'), '')
}
