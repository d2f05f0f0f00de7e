/** What an object is, for people. */
export interface ObjectName {
  readonly en: string
  readonly es: string
}

const name = (en: string, es: string): ObjectName => ({ en, es })

/** Objects of merchant-presented codes by path, those of templates without the number that varies. */
const MERCHANT: Readonly<Record<string, ObjectName>> = {
  '00': name('format', 'formato'),
  '01': name('kind', 'tipo'),
  '52': name('category', 'categoría'),
  '53': name('currency', 'moneda'),
  '54': name('amount', 'monto'),
  '55': name('tip', 'propina'),
  '56': name('fixed fee', 'cargo fijo'),
  '57': name('fee in percent', 'cargo en porcentaje'),
  '58': name('country', 'país'),
  '59': name('name', 'nombre'),
  '60': name('city', 'ciudad'),
  '61': name('postal code', 'código postal'),
  '62': name('additional data', 'datos adicionales'),
  '62.01': name('bill number', 'número de factura'),
  '62.02': name('mobile number', 'número de móvil'),
  '62.03': name('store', 'sucursal'),
  '62.04': name('loyalty number', 'número de lealtad'),
  '62.05': name('reference', 'referencia'),
  '62.06': name('customer', 'cliente'),
  '62.07': name('terminal', 'caja'),
  '62.08': name('purpose', 'motivo'),
  '62.09': name('asks for', 'pide'),
  '62.10': name('tax id', 'identificación tributaria'),
  '62.11': name('channel', 'canal'),
  '63': name('checksum', 'suma de control'),
  '64': name('language', 'idioma'),
  '64.00': name('language', 'idioma'),
  '64.01': name('name as spelled', 'nombre como se escribe'),
  '64.02': name('city as spelled', 'ciudad como se escribe'),
}

/** Objects of consumer-presented codes by tag. */
const CONSUMER: Readonly<Record<string, ObjectName>> = {
  '85': name('version', 'versión'),
  '61': name('application', 'aplicación'),
  '62': name('common data', 'datos comunes'),
  '63': name('data for the network', 'datos para la red'),
  '64': name('data for the network', 'datos para la red'),
  '4F': name('application identifier', 'identificador de aplicación'),
  '50': name('label', 'etiqueta'),
  '57': name('track 2', 'pista 2'),
  '5A': name('card number', 'número de tarjeta'),
  '5F20': name('cardholder', 'titular'),
  '5F2D': name('languages', 'idiomas'),
  '5F50': name('issuer’s address', 'dirección del emisor'),
  '9F08': name('application version', 'versión de la aplicación'),
  '9F19': name('token requestor', 'solicitante del token'),
  '9F24': name('account reference', 'referencia de la cuenta'),
  '9F25': name('last digits of the card', 'últimos dígitos de la tarjeta'),
  '9F26': name('cryptogram', 'criptograma'),
  '9F27': name('cryptogram information', 'información del criptograma'),
  '9F10': name('issuer’s data', 'datos del emisor'),
  '9F36': name('transaction counter', 'contador de transacciones'),
  '9F37': name('unpredictable number', 'número impredecible'),
  '82': name('interchange profile', 'perfil de intercambio'),
}

const ACCOUNT = name('account', 'cuenta')
const NETWORK_DATA = name('network data', 'datos de la red')

/**
 * What an object of a merchant-presented code is.
 *
 * @param path Like `54` or `62.05`.
 * @returns Undefined: reserved, or the network's own.
 * @see EMV QR Code Specification for Payment Systems: Merchant-Presented Mode 1.1, tables 3.1 to 3.8
 */
export function merchantObjectName(path: string): ObjectName | undefined {
  const root = path.slice(0, 2)
  if (root >= '02' && root <= '51') return ACCOUNT
  if (root >= '80') return NETWORK_DATA
  return MERCHANT[path]
}

/** What an object of a consumer-presented code is, by its tag. */
export const consumerObjectName = (tag: string): ObjectName | undefined => CONSUMER[tag]
