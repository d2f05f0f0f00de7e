import { displayMinor, parseMinor } from '@pisto/money/text'
import type { Money } from '@pisto/sdk'

/** An amount as people of that country write it: `Q1,234.50`. */
export const displayMoney = ({ amount, currency }: Money): string =>
  displayMinor(parseMinor(amount, currency), currency, 'es')
