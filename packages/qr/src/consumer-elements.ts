/** How a value stands in its bytes: as ASCII, as digits (padded on the left or, with F, on the right), as it is. */
type Form = 'text' | 'digits' | 'cardDigits' | 'hex'

/** A data element of a consumer-presented code that has a name here. */
export interface Element {
  readonly tag: string
  readonly form: Form
  /** Of the value as it is told, not of its bytes. */
  readonly allowed: RegExp
  /** The same for people. */
  readonly limit: string
}

/**
 * Named elements in the order in which they are written.
 *
 * @see EMV QR Code Specification for Payment Systems: Consumer-Presented Mode 1.1, tables of the application and
 *   common data templates; EMV Book 3, annex A for the formats
 */
export const ELEMENTS = {
  label: { tag: '50', form: 'text', allowed: /^[ -~]{1,16}$/, limit: '1–16 ASCII' },
  track2: { tag: '57', form: 'hex', allowed: /^([0-9A-F]{2}){1,19}$/, limit: '1–19 bytes, hex' },
  pan: { tag: '5A', form: 'cardDigits', allowed: /^\d{8,19}$/, limit: '8–19 digits' },
  cardholderName: { tag: '5F20', form: 'text', allowed: /^[ -~]{2,26}$/, limit: '2–26 ASCII' },
  languages: { tag: '5F2D', form: 'text', allowed: /^([A-Za-z]{2}){1,4}$/, limit: 'es, esen, … (2–8)' },
  issuerUrl: { tag: '5F50', form: 'text', allowed: /^[!-~]{1,255}$/, limit: '1–255 ASCII' },
  applicationVersion: { tag: '9F08', form: 'hex', allowed: /^[0-9A-F]{4}$/, limit: '2 bytes, hex' },
  tokenRequestorId: { tag: '9F19', form: 'digits', allowed: /^\d{11}$/, limit: '11 digits' },
  paymentAccountReference: { tag: '9F24', form: 'text', allowed: /^[A-Za-z0-9]{29}$/, limit: '29 A–Z, 0–9' },
  panLastDigits: { tag: '9F25', form: 'digits', allowed: /^\d{4}$/, limit: '4 digits' },
} as const satisfies Record<string, Element>

export type ElementName = keyof typeof ELEMENTS

/** The value's bytes in upper-case hexadecimal digits. @param value As `allowed` has it. */
export function encodeElement({ form }: Element, value: string): string {
  switch (form) {
    case 'hex':
      return value
    case 'text':
      return Array.from(value, (character) => character.charCodeAt(0).toString(16).padStart(2, '0'))
        .join('')
        .toUpperCase()
    case 'digits':
      return value.length % 2 === 0 ? value : `0${value}`
    case 'cardDigits':
      return value.length % 2 === 0 ? value : `${value}F`
  }
}

/** The value as it is told. @returns Undefined: the bytes are none that this element is written as. */
export function decodeElement(element: Element, hex: string): string | undefined {
  const value = plainOf(element.form, hex)
  return element.allowed.test(value) && encodeElement(element, value) === hex ? value : undefined
}

function plainOf(form: Form, hex: string): string {
  switch (form) {
    case 'hex':
      return hex
    case 'text':
      return hex.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)))
    case 'digits':
      return hex.length > 4 ? hex.slice(1) : hex // the only odd one has 11 digits
    case 'cardDigits':
      return hex.replace(/F$/, '')
  }
}
