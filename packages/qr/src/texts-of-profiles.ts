import type { ProfileRuleId } from './profile-rules.ts'
import type { RuleTexts } from './rule-texts.ts'

/** Texts of what networks and countries add. */
export const PROFILE_TEXTS = {
  N01: [
    'Codes of {limit} carry object {path}, and this one does not',
    'Add it, or wallets of this network may refuse the code',
    'Los códigos de {limit} llevan el objeto {path}, y este no',
    'Agréguelo, o las billeteras de esta red pueden rechazar el código',
  ],
  N02: [
    'The network of this code pays in currency {limit}, not in {found}',
    'Write the currency of the network in object 53',
    'La red de este código paga en la moneda {limit}, no en {found}',
    'Escriba la moneda de la red en el objeto 53',
  ],
  N03: [
    'The network of this code is one of {limit}, not of {found}',
    'Check the country in object 58 and the account',
    'La red de este código es de {limit}, no de {found}',
    'Revise el país del objeto 58 y la cuenta',
  ],
  N04: [
    'The currency {found} is not that of the country of this code, {limit}',
    'Check object 53: wallets at home may not pay it',
    'La moneda {found} no es la del país de este código, {limit}',
    'Revise el objeto 53: las billeteras del país quizá no puedan pagarlo',
  ],
  N05: [
    'The amount {found} is above {limit}, up to which payments between institutions of this country are said to go',
    'Ask your institution: another way of paying may take more',
    'El monto {found} supera {limit}, hasta donde se dice que llegan los pagos entre instituciones de este país',
    'Pregunte a su institución: otra forma de pago puede admitir más',
  ],
  N06: [
    'Account {path} is kept for {limit}',
    'Put the account of your network into another object, 26 to 48',
    'La cuenta {path} está reservada para: {limit}',
    'Ponga la cuenta de su red en otro objeto, del 26 al 48',
  ],
} satisfies Record<ProfileRuleId, RuleTexts>
