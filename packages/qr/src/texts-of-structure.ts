import type { RuleTexts } from './rule-texts.ts'

/** Texts of the rules about the code as a whole and objects as such. */
export const STRUCTURE_TEXTS = {
  R01: [
    'From "{found}" on there is no whole object of id, length and value',
    'Scan or copy the whole code again; nothing may follow it, and lengths count characters',
    'Desde "{found}" ya no hay un objeto completo de identificador, longitud y valor',
    'Escanee o copie otra vez el código completo; nada puede seguirle, y las longitudes cuentan caracteres',
  ],
  R01long: [
    'Object {path} would have {found} characters',
    'An object holds at most 99 characters',
    'El objeto {path} tendría {found} caracteres',
    'Un objeto admite 99 caracteres como máximo',
  ],
  R03: [
    'The code does not start with object 00',
    'A payment code starts with 000201; this may be another kind of QR code',
    'El código no empieza con el objeto 00',
    'Un código de pago empieza con 000201; este puede ser otro tipo de código QR',
  ],
  R03v: ['Object 00 is "{found}"', 'Only version 01 exists', 'El objeto 00 es "{found}"', 'Solo existe la versión 01'],
  R04: [
    'The code does not end with its checksum, object 63 of 4 characters',
    'Put 63 last and compute it over all that stands before',
    'El código no termina con su suma de control, el objeto 63 de 4 caracteres',
    'Ponga el 63 al final y calcúlelo sobre todo lo anterior',
  ],
  R05: [
    'The checksum is {found}, but the content gives {limit}',
    'The code was changed or badly copied: ask for a new one, do not pay',
    'La suma de control es {found}, pero el contenido da {limit}',
    'El código fue alterado o mal copiado: pida uno nuevo, no pague',
  ],
  R05case: [
    'The checksum {found} is in lower case',
    'Write it in upper case',
    'La suma de control {found} está en minúsculas',
    'Escríbala en mayúsculas',
  ],
  R07: [
    'Object {path} stands there more than once',
    'Readers differ in which they take: keep one',
    'El objeto {path} aparece más de una vez',
    'Cada lector toma uno distinto: deje uno solo',
  ],
  R08: ['Object {path} is missing', 'It is mandatory', 'Falta el objeto {path}', 'Es obligatorio'],
  R08mai: [
    'No object from 02 to 51 says which account is paid',
    'Add the template of your network',
    'Ningún objeto del 02 al 51 dice a qué cuenta se paga',
    'Agregue la plantilla de su red',
  ],
  R21: [
    'Object {path} cannot be written',
    'Its id is reserved or does not belong here',
    'El objeto {path} no se puede escribir',
    'Su identificador está reservado o no corresponde aquí',
  ],
  R24: [
    'The code has {found} characters',
    'At most {limit}: longer ones are hard to scan',
    'El código tiene {found} caracteres',
    'Como máximo {limit}: los más largos se escanean mal',
  ],
  R25: [
    'Object {path} contains the invisible character {found}',
    'Remove it',
    'El objeto {path} contiene el carácter invisible {found}',
    'Quítelo',
  ],
  R26: ['Object {path} is empty', 'Leave it out', 'El objeto {path} está vacío', 'Omítalo'],
  R27: [
    'The object that starts with "{found}" has no length',
    'A length is two ASCII digits; check also the length of the object before, in characters',
    'El objeto que empieza con "{found}" no tiene longitud',
    'Una longitud son dos dígitos ASCII; revise también la longitud del objeto anterior, en caracteres',
  ],
} satisfies Record<string, RuleTexts>
