import type { AccountPurpose, Language } from '@pisto/contract'
import type { Side } from '@pisto/ledger'

/** The words of a statement that people read. */
export const WORDS = {
  en: {
    title: 'Account statement',
    date: 'Date',
    time: 'Time',
    description: 'Description',
    reference: 'Reference',
    debit: 'Debit',
    credit: 'Credit',
    balance: 'Balance',
    transaction: 'Transaction',
    sequence: 'Sequence',
    opening: 'Opening balance',
    closing: 'Closing balance',
  },
  es: {
    title: 'Estado de cuenta',
    date: 'Fecha',
    time: 'Hora',
    description: 'Descripción',
    reference: 'Referencia',
    debit: 'Débito',
    credit: 'Crédito',
    balance: 'Saldo',
    transaction: 'Transacción',
    sequence: 'Secuencia',
    opening: 'Saldo inicial',
    closing: 'Saldo final',
  },
} as const satisfies Record<Language, Record<string, string>>

/** What an entry was, by purpose of its transaction: where money leaves the account, and where it arrives. */
const ENTRIES: Readonly<Record<string, Readonly<Record<Language, readonly [leaving: string, arriving: string]>>>> = {
  'payment.completed': { en: ['Payment made', 'Payment received'], es: ['Pago hecho', 'Pago recibido'] },
  'refund.completed': { en: ['Refund given', 'Refund received'], es: ['Devolución hecha', 'Devolución recibida'] },
  'account.funded': { en: ['Play money given', 'Play money'], es: ['Dinero de prueba dado', 'Dinero de prueba'] },
}

/** @returns The purpose itself where there are no words for it. */
export function describeEntry(
  { purpose, direction }: { readonly purpose: string; readonly direction: Side },
  normalSide: Side,
  language: Language,
): string {
  const [leaving, arriving] = ENTRIES[purpose]?.[language] ?? [purpose, purpose]
  return direction === normalSide ? arriving : leaving
}

export const ACCOUNT_NAMES: Readonly<Partial<Record<AccountPurpose, Readonly<Record<Language, string>>>>> = {
  merchantWallet: { en: 'Merchant account', es: 'Cuenta de comercio' },
  consumerWallet: { en: 'Personal account', es: 'Cuenta personal' },
  sandboxFunding: { en: 'Play money', es: 'Dinero de prueba' },
}
