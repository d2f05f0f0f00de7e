import { failed } from '../failure.ts'

/** Told as the demo goes on. */
export interface DemoTelling {
  /** A chapter begins. */
  step(title: string): Promise<void>
  /** A fact of it. */
  say(text: string): Promise<void>
  /** Lines as they are: the QR code. */
  show(lines: readonly string[]): Promise<void>
}

/** @throws {CommandFailure} it does not hold: the demo fails */
export function requireThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw failed(`The demo failed: ${what}`)
}
