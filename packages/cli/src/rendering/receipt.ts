import type { Language } from '../languages.ts'
import type { Judgement } from '../receipt-judgement.ts'
import type { Screen } from './table.ts'

type Texts = Readonly<Record<Language, string>>

// biome-ignore format: a table
const REASONS: Readonly<Record<Judgement['reason'], Texts>> = {
  charge_paid:      { en: 'Paid: it answers the charge on this device', es: 'Pagado: corresponde al cobro de este aparato' },
  no_open_charge:   { en: 'Genuine and fresh, but no charge of this device is known by it: check the number of sales before you hand over',
                      es: 'Auténtico y reciente, pero no corresponde a un cobro de este aparato: cuente sus ventas antes de entregar' },
  not_a_receipt:    { en: 'This is not a receipt', es: 'Esto no es un recibo' },
  unknown_key:      { en: 'No bank in the list has this key', es: 'Ningún banco de la lista tiene esta llave' },
  not_genuine:      { en: 'Not genuine: it was invented or changed', es: 'No es auténtico: fue inventado o alterado' },
  wrong_mode:       { en: 'Play money in a real shop, or the reverse', es: 'Dinero de prueba en un negocio real, o al revés' },
  other_payee:      { en: 'Paid to somebody else', es: 'Pagado a otra persona' },
  other_tenant:     { en: 'Signed by a bank that does not keep this shop’s account', es: 'Firmado por un banco que no lleva la cuenta de este negocio' },
  key_not_in_force: { en: 'The bank’s key was not in force', es: 'La llave del banco no estaba vigente' },
  shown_before:     { en: 'This payment was counted before', es: 'Este pago ya se contó antes' },
  other_amount:     { en: 'Another amount than the one charged', es: 'El monto no es el que se cobró' },
  other_charge:     { en: 'It answers another charge than the one open here: another till’s, or one that is settled', es: 'Responde a otro cobro que el abierto aquí: el de otra caja, o uno ya resuelto' },
  too_old:          { en: 'Paid more than ten minutes ago', es: 'Se pagó hace más de diez minutos' },
  ahead_of_clock:   { en: 'Paid later than this clock says it is: the clock is wrong', es: 'Se pagó más tarde que la hora de este reloj: el reloj está mal' },
}

const LABELS = {
  amount: { en: 'amount', es: 'monto' },
  payee: { en: 'paid to', es: 'pagado a' },
  paidAt: { en: 'paid at', es: 'pagado el' },
  payment: { en: 'payment', es: 'pago' },
  bank: { en: 'bank', es: 'banco' },
  sandbox: { en: 'sandbox: play money', es: 'prueba: no es dinero real' },
  unchecked: { en: 'Not compared, because not given:', es: 'No se comparó, porque no se indicó:' },
  clock: {
    en: 'This clock is before the date of the keys, so ages cannot be judged.',
    es: 'Este reloj va antes de la fecha de las llaves: no se puede juzgar la antigüedad.',
  },
} as const satisfies Record<string, Texts>

/** The verdict in its colour, as a word too; then what the bank has signed. */
export function renderJudgement(
  { colours }: Pick<Screen, 'colours'>,
  judgement: Judgement,
  language: Language,
): string[] {
  const { colour, reason, amount, payeeAlias, paidAt, paymentId, tenantCode, livemode } = judgement
  const paint = { green: colours.green, amber: colours.yellow, red: colours.red }[colour]
  const word = {
    green: { en: 'GREEN', es: 'VERDE' },
    amber: { en: 'AMBER', es: 'AMARILLO' },
    red: { en: 'RED', es: 'ROJO' },
  }
  const facts = [
    [LABELS.amount, amount === null ? null : `${amount} ${judgement.currency}`],
    [LABELS.payee, payeeAlias],
    [LABELS.paidAt, paidAt],
    [LABELS.payment, paymentId],
    [LABELS.bank, tenantCode === null ? null : `${tenantCode}${livemode ? '' : ` (${LABELS.sandbox[language]})`}`],
  ] as const
  const unchecked = colour === 'red' ? [] : judgement.unchecked
  return [
    paint(colours.bold(`${word[colour][language]}  ${REASONS[reason][language]}.`)),
    ...facts.flatMap(([label, value]) => (value === null ? [] : [`  ${label[language].padEnd(10)}${value}`])),
    ...(judgement.warnings.length === 0 ? [] : [colours.yellow(LABELS.clock[language])]),
    ...(unchecked.length === 0 ? [] : [colours.dim(`${LABELS.unchecked[language]} ${unchecked.join(', ')}`)]),
  ]
}
