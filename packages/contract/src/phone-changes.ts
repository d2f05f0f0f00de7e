import { type Static, Type } from 'typebox'
import { operation } from './operation.ts'
import { Actor } from './operators.ts'
import { ConfirmCode, Phone, PhoneVerification } from './people.ts'
import { strictObject, text } from './values.ts'

const RegistrationId = Type.String({
  pattern: '^(mer|con)_[0-7][0-9a-hjkmnp-tv-z]{25}$',
  description: 'A merchant or consumer',
})

export const StartPhoneChange = strictObject(
  {
    phone: { ...Phone, description: 'The new number' },
    registrationId: Type.Optional({
      ...RegistrationId,
      description: 'Whose phone is another one: keys have to say it. People leave it out, and change their own',
    }),
  },
  { title: 'StartPhoneChange' },
)
export interface StartPhoneChange extends Static<typeof StartPhoneChange> {}

export const ConfirmPhoneChange = strictObject(
  {
    phone: { ...Phone, description: 'The new number again: only its index was kept' },
    ...ConfirmCode.properties,
    actor: Type.Optional({ ...Actor, description: 'Who identified the person: keys have to say it, people may not' }),
    note: Type.Optional({
      ...text(500),
      description: 'How the person was identified: keys have to say it, people may not',
    }),
  },
  { title: 'ConfirmPhoneChange' },
)
export interface ConfirmPhoneChange extends Static<typeof ConfirmPhoneChange> {}

export const PhoneChange = strictObject(
  {
    ...PhoneVerification.properties,
    registrationIds: Type.Array(Type.String(), {
      description: 'Merchants and consumers whose phone this becomes, or became',
    }),
  },
  { title: 'PhoneChange', description: 'Somebody’s phone becomes another one' },
)
export interface PhoneChange extends Static<typeof PhoneChange> {}

export const startPhoneChange = operation({
  id: 'startPhoneChange',
  method: 'POST',
  path: '/v1/phone-changes',
  summary: 'Send a code to the new phone of somebody who is registered, or has signed in',
  scope: 'phone-changes:write',
  person: { scope: 'self:draft' },
  idempotencyKey: 'accepted',
  body: StartPhoneChange,
  response: PhoneChange,
  status: 201,
  problems: [
    'merchant_not_found',
    'consumer_not_found',
    'merchant_wrong_status',
    'consumer_wrong_status',
    'registration_invalid',
    'phone_duplicate',
  ],
})

export const confirmPhoneChange = operation({
  id: 'confirmPhoneChange',
  method: 'POST',
  path: '/v1/phone-changes/{phoneChangeId}/confirm',
  summary: 'Confirm the new phone with its code: from now on it is theirs, and the old one nobody’s',
  scope: 'phone-changes:write',
  person: { scope: 'self:draft' },
  idempotencyKey: 'accepted',
  body: ConfirmPhoneChange,
  response: PhoneChange,
  problems: [
    'phone_verification_not_found',
    'phone_verification_wrong_status',
    'merchant_wrong_status',
    'consumer_wrong_status',
    'registration_invalid',
    'phone_duplicate',
    'code_mismatch',
    'code_expired',
    'code_tries_exhausted',
  ],
})
