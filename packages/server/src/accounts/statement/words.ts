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
  'transaction.created': { en: ['Transfer sent', 'Transfer received'], es: ['Traslado enviado', 'Traslado recibido'] },
  'transaction.posted': { en: ['Transfer sent', 'Transfer received'], es: ['Traslado enviado', 'Traslado recibido'] },
  'transaction.reversed': { en: ['Reversal', 'Reversal'], es: ['Reversión', 'Reversión'] },
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

/** What people call an account of each purpose. */
const ACCOUNTS: Readonly<Record<AccountPurpose, Readonly<Record<Language, string>>>> = {
  merchantWallet: { en: 'Merchant account', es: 'Cuenta de comercio' },
  consumerWallet: { en: 'Personal account', es: 'Cuenta personal' },
  settlement: { en: 'Settlement account', es: 'Cuenta de liquidación' },
  feeIncome: { en: 'Fee income', es: 'Ingresos por comisiones' },
  suspense: { en: 'Suspense account', es: 'Cuenta transitoria' },
  exchange: { en: 'Exchange position', es: 'Posición de cambio' },
  rounding: { en: 'Rounding differences', es: 'Diferencias por redondeo' },
  sandboxFunding: { en: 'Play money', es: 'Dinero de prueba' },
}

export const accountTitle = (purpose: string, language: Language): string =>
  Object.hasOwn(ACCOUNTS, purpose) ? ACCOUNTS[purpose as AccountPurpose][language] : purpose
