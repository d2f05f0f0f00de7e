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
    account: 'Account',
    holder: 'Account holder',
    from: 'From',
    to: 'To',
    currency: 'Currency',
    issued: 'Issued',
    available: 'Of this, available',
    playMoney: 'Sandbox: play money. This document has no value.',
    check: 'How to check this statement',
    howToCheck:
      'The institution signs a log of all its transactions, which cannot be changed afterwards. Whoever has the signed head of the log below can check that each transaction here is in it.',
    log: 'Log',
    size: 'Transactions in it',
    root: 'Root',
    entries: (count: number) => (count === 1 ? '1 entry' : `${count} entries`),
    transactions: (first: number, last: number) => `this statement: from ${first} to ${last}`,
    page: (number: number, count: number) => `Page ${number} of ${count}`,
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
    account: 'Cuenta',
    holder: 'Titular de la cuenta',
    from: 'Desde',
    to: 'Hasta',
    currency: 'Moneda',
    issued: 'Emitido',
    available: 'De este saldo, disponible',
    playMoney: 'Ambiente de pruebas: dinero ficticio. Este documento no tiene valor.',
    check: 'Cómo comprobar este estado de cuenta',
    howToCheck:
      'La institución firma un registro de todas sus transacciones, que después ya no puede cambiarse. Con la cabeza firmada del registro, que está aquí abajo, cualquiera puede comprobar que cada transacción está en él.',
    log: 'Registro',
    size: 'Transacciones en él',
    root: 'Raíz',
    entries: (count: number) => (count === 1 ? '1 movimiento' : `${count} movimientos`),
    transactions: (first: number, last: number) => `este estado: de la ${first} a la ${last}`,
    page: (number: number, count: number) => `Página ${number} de ${count}`,
  },
} as const satisfies Record<Language, Record<string, string | ((...of: number[]) => string)>>

/** What an entry was, by purpose of its transaction: where money leaves the account, and where it arrives. */
const ENTRIES: Readonly<Record<string, Readonly<Record<Language, readonly [leaving: string, arriving: string]>>>> = {
  'payment.completed': { en: ['Payment made', 'Payment received'], es: ['Pago hecho', 'Pago recibido'] },
  'refund.completed': { en: ['Refund given', 'Refund received'], es: ['Devolución hecha', 'Devolución recibida'] },
  'transaction.exchanged': { en: ['Currency sold', 'Currency bought'], es: ['Venta de moneda', 'Compra de moneda'] },
  'transaction.reversed': { en: ['Reversal', 'Reversal'], es: ['Reversión', 'Reversión'] },
  'account.funded': { en: ['Play money given', 'Play money'], es: ['Dinero de prueba dado', 'Dinero de prueba'] },
}

/** `POST /v1/transactions`, whatever word of the institution's own it has. */
const TRANSFER: (typeof ENTRIES)[string] = {
  en: ['Transfer sent', 'Transfer received'],
  es: ['Traslado enviado', 'Traslado recibido'],
}

/** @returns The purpose itself where there are no words for it. */
export function describeEntry(
  { purpose, direction }: { readonly purpose: string; readonly direction: Side },
  normalSide: Side,
  language: Language,
): string {
  const words = ENTRIES[purpose] ?? (purpose.startsWith('transaction.') ? TRANSFER : undefined)
  const [leaving, arriving] = words?.[language] ?? [purpose, purpose]
  return direction === normalSide ? arriving : leaving
}

/** What the two directions are called: a person's money goes out and comes in; the institution's is debited, credited. */
export function sidesOf(
  { ownerId, normalSide }: { readonly ownerId: string | null; readonly normalSide: Side },
  language: Language,
): { readonly leaving: string; readonly arriving: string } {
  const { debit, credit } = WORDS[language]
  if (ownerId === null) {
    return normalSide === 'credit' ? { leaving: debit, arriving: credit } : { leaving: credit, arriving: debit }
  }
  return language === 'es'
    ? { leaving: 'Salidas', arriving: 'Entradas' }
    : { leaving: 'Money out', arriving: 'Money in' }
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
