import type { ImportField } from '@pisto/contract'

let lastSerial = 70_000_000

/** Cells by column of somebody new in Guatemala, as a file has them: up to ten million, unlike `aPerson`. */
export function aRow(
  change: Partial<Record<ImportField, string>> = {},
): Record<Exclude<ImportField, 'municipality'>, string> {
  let check = 10
  while (check === 10)
    check = [...String(++lastSerial)].reduce((sum, digit, at) => sum + Number(digit) * (at + 2), 0) % 11
  return {
    externalId: `R-${lastSerial}`,
    country: 'GT',
    tradeName: 'Tortillería Ñandú',
    givenNames: 'Rosa',
    familyNames: 'Umaña Pérez',
    dateOfBirth: '1990-02-28',
    documentType: 'DPI',
    documentNumber: `${lastSerial}${check}0101`,
    phone: `+5024${String(lastSerial).slice(1)}`,
    categoryCode: '5462',
    locale: 'es',
    consent: 'yes',
    ...change,
  }
}
