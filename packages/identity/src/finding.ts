/**
 * A value that is refused: the rule it breaks, and what to tell the person who wrote it.
 * The texts never repeat the value: they may be logged, the value may not.
 */
export interface Finding<Code extends string = string> {
  readonly valid: false
  /** Machine-readable rule, stable between versions. */
  readonly code: Code
  /** English, a sentence without a full stop. */
  readonly message: string
  /** Spanish as it is used in Guatemala, Honduras and El Salvador. */
  readonly messageEs: string
}

/** The two texts of every code of one kind of check: English, Spanish. */
export type Texts<Code extends string> = Readonly<Record<Code, readonly [message: string, messageEs: string]>>

/** The finding for a code. */
export function findingOf<Code extends string>(texts: Texts<Code>, code: Code): Finding<Code> {
  const [message, messageEs] = texts[code]
  return { valid: false, code, message, messageEs }
}
