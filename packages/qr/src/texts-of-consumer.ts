import type { ConsumerRuleId } from './consumer-rules.ts'
import type { RuleTexts } from './rule-texts.ts'

/** Texts of the rules about consumer-presented codes. */
export const CONSUMER_TEXTS: Readonly<Record<ConsumerRuleId, RuleTexts>> = {
  C01: [
    'The code is not base64 with padding',
    'Scan it again, whole; a payer’s code is base64, with no space or line feed',
    'El código no es base64 con relleno',
    'Escanéelo otra vez, completo; el código de un pagador es base64, sin espacios ni saltos de línea',
  ],
  C02: [
    'The code does not start with object 85',
    'A payer’s code starts with hQVDUFYwM; this may be another kind of QR code',
    'El código no empieza con el objeto 85',
    'El código de un pagador empieza con hQVDUFYwM; este puede ser otro tipo de código QR',
  ],
  C03: [
    'Object 85 is {found}, not CPV01',
    'Only version 01 exists',
    'El objeto 85 es {found}, no CPV01',
    'Solo existe la versión 01',
  ],
  C04: [
    'Object {path} is cut off, or something follows the last',
    'Lengths count bytes; scan or copy the whole code again',
    'El objeto {path} está cortado, o algo sigue al último',
    'Las longitudes cuentan bytes; escanee o copie de nuevo el código completo',
  ],
  C05: [
    'Object {path} has a length that is not 00 to 7F, nor 81 with one byte',
    'Write lengths up to 127 as one byte, up to 255 as 81 and one byte; never 80',
    'El objeto {path} tiene una longitud que no es de 00 a 7F, ni 81 con un byte',
    'Escriba longitudes hasta 127 con un byte, hasta 255 con 81 y un byte; nunca 80',
  ],
  C06: [
    'Object 85 stands there more than once',
    'Keep the first only',
    'El objeto 85 aparece más de una vez',
    'Deje solo el primero',
  ],
  C07: [
    'There is no application template 61',
    'Add at least one: it says by which network the payer pays',
    'No hay plantilla de aplicación 61',
    'Agregue al menos una: dice con qué red paga el pagador',
  ],
  C08: [
    'An application template 61 has no identifier 4F',
    'Its first object is the AID of the network',
    'Una plantilla de aplicación 61 no tiene identificador 4F',
    'Su primer objeto es el AID de la red',
  ],
  C09: [
    'The application identifier has {found} bytes',
    'An AID has 5 to 16 bytes',
    'El identificador de aplicación tiene {found} bytes',
    'Un AID tiene de 5 a 16 bytes',
  ],
  C10: [
    'Object {path} cannot hold "{found}"',
    'Allowed: {limit}',
    'El objeto {path} no puede contener "{found}"',
    'Se permite: {limit}',
  ],
}
