import type { Amount } from '@pisto/ledger'

/** Centavos as the wire has them. */
export const quetzales = (minor: bigint): Amount => ({
  amount: `${minor < 0n ? '-' : ''}${abs(minor) / 100n}.${String(abs(minor) % 100n).padStart(2, '0')}`,
  currency: 'GTQ',
})

export const centavos = ({ amount }: Amount): bigint => BigInt(amount.replace('.', ''))

const abs = (minor: bigint): bigint => (minor < 0n ? -minor : minor)
