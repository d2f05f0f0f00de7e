import type { RequirementItem } from '@pisto/contract'
import type { Evidence, Policy } from './policy/policy.ts'

type Text = readonly [message: string, messageEs: string]

/** What is asked for, and the ways in which it can be given: any one of them will do. */
interface Asked {
  readonly what: Text
  readonly how: readonly (readonly [way: RequirementItem['how'][number]['way'], text: Text])[]
}

const FIELD = (field: string, english: string, spanish: string): Asked['how'][number] => [
  'field',
  [`${english} (\`${field}\` of the registration)`, `${spanish} (\`${field}\` del registro)`],
]
const UPLOAD = (english: string, spanish: string): Asked['how'][number] => ['document', [english, spanish]]

const ASKED: Readonly<Record<Evidence, Asked>> = {
  phoneVerification: {
    what: ['A phone that you answer', 'Un teléfono en el que conteste'],
    how: [['code', ['Confirm the code that is sent to it', 'Confirme el código que se le envía']]],
  },
  consent: {
    what: ['Your consent to the terms', 'Su consentimiento a los términos'],
    how: [FIELD('consent', 'Accept the terms', 'Acepte los términos')],
  },
  name: {
    what: ['Your name', 'Su nombre'],
    how: [FIELD('person', 'Write it as it stands on your document', 'Escríbalo como aparece en su documento')],
  },
  birthDate: {
    what: ['Your date of birth', 'Su fecha de nacimiento'],
    how: [FIELD('person', 'Write it as it stands on your document', 'Escríbala como aparece en su documento')],
  },
  document: {
    what: ['The number of your identity document', 'El número de su documento de identidad'],
    how: [FIELD('person', 'Write it as it stands on the card', 'Escríbalo como aparece en la tarjeta')],
  },
  documentImage: {
    what: ['Both sides of your identity document, valid', 'Ambos lados de su documento de identidad, vigente'],
    how: [UPLOAD('Take a picture of the front and of the back', 'Tome una foto del frente y otra del reverso')],
  },
  address: {
    what: ['Your address', 'Su dirección'],
    how: [
      FIELD('place.address', 'Write where the business is, or where you live', 'Escriba dónde está el negocio o vive'),
      UPLOAD('Take a picture of a bill that shows it', 'Tome una foto de un recibo que la muestre'),
    ],
  },
  businessRegistration: {
    what: ['The registration of your business', 'El registro de su negocio'],
    how: [
      FIELD('businessRegistration', 'Write its number in the registry of commerce', 'Escriba su número de registro'),
      UPLOAD('Take a picture of the certificate', 'Tome una foto de la patente o matrícula'),
    ],
  },
  taxId: {
    what: ['Your tax number', 'Su número tributario'],
    how: [
      FIELD('taxId', 'Write it', 'Escríbalo'),
      UPLOAD('Take a picture of the tax certificate', 'Tome una foto de la constancia tributaria'),
    ],
  },
  beneficialOwners: {
    what: ['Who owns the business', 'Quiénes son los dueños del negocio'],
    how: [
      FIELD(
        'beneficialOwners',
        'Name each owner; yourself, if it is yours alone',
        'Nombre a cada dueño; a usted, si es solo suyo',
      ),
      UPLOAD('Upload a document that names them', 'Suba un documento que los nombre'),
    ],
  },
}

type Standing = Pick<RequirementItem, 'status' | 'tier' | 'deadline' | 'stops'>

/** All that somebody needs to know of one item: what, why, how, by when, and what stops working without. */
export function requirementItem(policy: Policy, requirement: Evidence, standing: Standing): RequirementItem {
  const { what, how } = ASKED[requirement]
  const [message, messageEs] = what
  return {
    requirement,
    ...standing,
    message,
    messageEs,
    how: how.map(([way, [ask, askEs]]) => ({ way, message: ask, messageEs: askEs })),
    source: policy.evidenceSources[requirement],
  }
}
