import { text } from './values.ts'

/**
 * Who acts. The key stands for the bank's backend, and the bank vouches for the name that it gives: two names are two
 * people, whatever their spelling in capitals and spaces (docs/decisions/0010).
 */
export const Actor = {
  ...text(100),
  description: 'The operator who decides, by the name that your own system knows; your backend vouches for it',
  examples: ['ana.lopez'],
}
