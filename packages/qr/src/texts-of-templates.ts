import type { RuleTexts } from './rule-texts.ts'

/** Texts of the rules about objects that contain objects: accounts, additional data, language, unreserved. */
export const TEMPLATE_TEXTS = {
  R10guid: [
    'Account {path} does not say whose it is',
    'Its first object, 00, is the GUID of the network, at most 32 characters',
    'La cuenta {path} no dice de qué red es',
    'Su primer objeto, 00, es el GUID de la red, de 32 caracteres como máximo',
  ],
  R10order: [
    'The GUID of account {path} is not first',
    'Write object 00 first',
    'El GUID de la cuenta {path} no está primero',
    'Escriba primero el objeto 00',
  ],
  R10opaque: [
    'Account {path} is a plain value, not a template',
    'Only the network that made the code can read it',
    'La cuenta {path} es un valor simple, no una plantilla',
    'Solo la red que hizo el código puede leerlo',
  ],
  R19: [
    'Additional data {path} is "{found}"',
    'Allowed: {limit}',
    'El dato adicional {path} es "{found}"',
    'Se admite: {limit}',
  ],
  R19pss: [
    'Additional data {path} is no template with a GUID',
    'Objects 50 to 99 contain objects, the first of them 00 with the GUID of the network',
    'El dato adicional {path} no es una plantilla con GUID',
    'Los objetos 50 a 99 contienen objetos, el primero 00 con el GUID de la red',
  ],
  R20: [
    'Object 64 lacks a language of two letters or the name in it',
    'Write 00 (language, like es) and 01 (name)',
    'Al objeto 64 le falta un idioma de dos letras o el nombre en él',
    'Escriba 00 (idioma, como es) y 01 (nombre)',
  ],
  R20long: [
    'Object {path} has {found} characters',
    'At most {limit}',
    'El objeto {path} tiene {found} caracteres',
    'Como máximo {limit}',
  ],
  R22: [
    'Template {path} does not start with the GUID of its network',
    'Its first object is 00, at most 32 characters',
    'La plantilla {path} no empieza con el GUID de su red',
    'Su primer objeto es el 00, de 32 caracteres como máximo',
  ],
  R28: [
    'Template {path} cannot be read to its end',
    'It contains objects of id, length and value; check their lengths, in characters',
    'La plantilla {path} no se puede leer hasta el final',
    'Contiene objetos de identificador, longitud y valor; revise sus longitudes, en caracteres',
  ],
} satisfies Record<string, RuleTexts>
