import type { Language } from '@pisto/contract'
import { displayMinor } from '@pisto/money/text'
import { parse } from '@pisto/qr'
import { type ErrorCorrection, modulesOf } from '@pisto/qr/image'
import { printable } from '../../accounts/statement/pdf-text.ts'
import { minorOf } from '../../platform/minor.ts'
import type { Payee } from '../../registrations/payees.ts'
import type { TenantProfile } from '../../tenants/profile.ts'
import type { QrCode } from '../qr-code.ts'
import { WORDS } from './words.ts'

/** What a sheet says, in the letters that a PDF has. */
export interface Sheet {
  readonly language: Language
  readonly heading: string
  /** The shop's. */
  readonly name: string
  readonly aliasLabel: string
  /** Grouped: `4829 1530 7720`. */
  readonly alias: string
  /** Amount, fee, end, which till: what the code says beside who is paid. */
  readonly note: string
  readonly bank: string
  readonly warning: string | null
  /** Dark modules of the code, row by row, without a quiet zone. */
  readonly modules: readonly (readonly boolean[])[]
}

/** @param payee As it is registered now: the name may be another than that in the code. */
export function sheetOf(
  code: QrCode,
  payee: Pick<Payee, 'tradeName' | 'alias'>,
  tenant: Pick<TenantProfile, 'name' | 'timeZone' | 'livemode'>,
  language: Language,
): Sheet {
  const words = WORDS[language]
  return {
    language,
    heading: words.heading,
    name: printableName(payee.tradeName, code.payload),
    aliasLabel: words.alias,
    alias: payee.alias.replace(/(\d{4})(?=\d)/g, '$1 '),
    note: printable(notesOf(code, tenant, language).join(' · ')),
    bank: printable(tenant.name),
    warning: tenant.livemode ? null : words.playMoney,
    modules: modulesOf(code.payload, { errorCorrection: correctionFor(code.payload), quietZone: 0 }),
  }
}

/** Modules of version 20: on the sheet each is nearly a millimetre wide. */
const MOST_MODULES = 97

/**
 * On paper a quarter of the code may be lost to scratches, dirt and tape (Q), unless its modules became too fine to be
 * read from a counter's distance: then M.
 */
export function correctionFor(payload: string): ErrorCorrection {
  return modulesOf(payload, { errorCorrection: 'Q', quietZone: 0 }).length <= MOST_MODULES ? 'Q' : 'M'
}

/** The name without letters that the fonts lack; as the code has it in ASCII where nothing else is left. */
function printableName(name: string, payload: string): string {
  const shown = [...name.normalize('NFC')].filter((letter) => letter === '?' || printable(letter) !== '?').join('')
  const text = shown.replace(/\s+/g, ' ').trim()
  return /[\p{L}\p{N}]/u.test(text) ? text : (parse(payload).fields.merchantName ?? '')
}

function notesOf(
  { amountMinor, currency, tip, isOneShot, expiresAt, additionalData }: QrCode,
  { timeZone }: Pick<TenantProfile, 'timeZone'>,
  language: Language,
): string[] {
  const words = WORDS[language]
  const money = (minor: bigint): string => displayMinor(minor, currency, language)
  return [
    ...(amountMinor === null ? [] : [words.amount(money(amountMinor))]),
    ...(tip?.kind === 'prompt' ? [words.tip] : []),
    ...(tip?.kind === 'fixed' ? [words.fee(money(minorOf(tip.amount)))] : []),
    ...(tip?.kind === 'percent' ? [words.fee(`${tip.percent} %`)] : []),
    ...(isOneShot ? [words.once] : []),
    ...(expiresAt ? [words.end(minuteOf(expiresAt, timeZone))] : []),
    ...[additionalData.storeLabel, additionalData.terminalLabel].filter((label) => label !== undefined),
  ]
}

/** In the institution's own time: `24/11/2026 06:00` for everybody in the region. */
function minuteOf(time: Date, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(timeZone)
  const [year, month, day] = local.toPlainDate().toString().split('-')
  return `${day}/${month}/${year} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`
}
