import type { Language } from '../languages.ts'
import type { ProofJudgement } from '../proof-judgement.ts'
import { type Screen, shown } from './table.ts'

type Texts = Readonly<Record<Language, string>>

const GENUINE: Texts = {
  en: 'GENUINE  It is in the books that the bank has signed.',
  es: 'AUTÉNTICO  Está en los libros que el banco firmó.',
}
const OTHER: Texts = { en: 'NOT GENUINE  ', es: 'NO ES AUTÉNTICO  ' }
const READS_NOT: Texts = { en: 'This is not a full receipt', es: 'Esto no es un recibo completo' }

// biome-ignore format: a table
const REASONS: Partial<Readonly<Record<NonNullable<ProofJudgement['reason']>, Texts>>> = {
  signature_missing: { en: 'No bank in the list has signed it', es: 'Ningún banco de la lista lo firmó' },
  signature_invalid: { en: 'The signature is wrong: it was invented or changed', es: 'La firma no vale: fue inventado o alterado' },
  origin_mismatch:   { en: 'It is of another log', es: 'Es de otro registro' },
  leaf_missing:      { en: 'It does not say what was booked', es: 'No dice qué se registró' },
  commitment_mismatch:{ en: 'The text is not the one that it was made with', es: 'El texto no es con el que se hizo' },
  root_mismatch:     { en: 'What it says is not in the books that were signed', es: 'Lo que dice no está en los libros firmados' },
  path_length:       { en: 'What it says is not in the books that were signed', es: 'Lo que dice no está en los libros firmados' },
  index_out_of_range:{ en: 'What it says is not in the books that were signed', es: 'Lo que dice no está en los libros firmados' },
}

const LABELS = {
  amount: { en: 'amount', es: 'monto' },
  purpose: { en: 'for', es: 'por' },
  time: { en: 'at', es: 'el' },
  payment: { en: 'payment', es: 'pago' },
  transaction: { en: 'booked as', es: 'registro' },
  bank: { en: 'bank', es: 'banco' },
  text: { en: 'text', es: 'texto' },
  place: { en: 'leaf', es: 'hoja' },
  sandbox: { en: 'sandbox: play money', es: 'prueba: no es dinero real' },
} as const satisfies Record<string, Texts>

/** What was written, one line each. */
const linesOf = (texts: ProofJudgement['texts']): string[] =>
  texts
    .flatMap((text) => Object.entries(text))
    .flatMap(([name, value]) => (value === null ? [] : `${name}: ${JSON.stringify(value)}`))

/** Whether it is genuine, as a word and in its colour; then what the bank has signed. */
export function renderProof(
  { colours }: Pick<Screen, 'colours'>,
  judgement: ProofJudgement,
  language: Language,
): string[] {
  const { ok, reason, livemode, tenantCode, origin, leafIndex, treeSize, transfers } = judgement
  if (!ok) {
    const why = (reason !== null && REASONS[reason]) || READS_NOT
    return [colours.red(colours.bold(`${OTHER[language]}${why[language]}.`))]
  }
  const bank = `${tenantCode ?? origin}${livemode === false ? ` (${LABELS.sandbox[language]})` : ''}`
  const facts = [
    ...transfers.map(({ amount, currency }) => [LABELS.amount, `${amount} ${currency}`] as const),
    [LABELS.purpose, judgement.purpose],
    [LABELS.time, judgement.time],
    [LABELS.payment, judgement.paymentId],
    [LABELS.transaction, judgement.transactionId],
    [LABELS.bank, bank],
    ...linesOf(judgement.texts).map((text) => [LABELS.text, text] as const),
    [LABELS.place, `${leafIndex} / ${treeSize}  ${origin}`],
  ] as const
  return [
    colours.green(colours.bold(GENUINE[language])),
    ...facts.flatMap(([label, value]) => (value === null ? [] : [`  ${label[language].padEnd(10)}${shown(value)}`])),
  ]
}
