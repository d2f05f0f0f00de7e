import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import {
  Capability,
  ConfirmCode,
  Consent,
  Locale,
  Person,
  Phone,
  PhoneVerification,
  RegistrationStatus,
  Requirements,
  registeredFields,
  SubmitRegistration,
} from './people.ts'
import { Country, Metadata, nullable, pageOf, pageQuery, strictObject, text } from './values.ts'

export const Consumer = strictObject(
  {
    id: idOf('con'),
    ...registeredFields,
    address: nullable(Type.String()),
    capabilities: strictObject({ pay: Capability, holdBalance: Capability }),
  },
  { title: 'Consumer', description: 'A person with a wallet' },
)
export interface Consumer extends Static<typeof Consumer> {}

export const CreateConsumer = strictObject(
  {
    country: Country,
    phone: Phone,
    locale: Type.Optional(Locale),
    person: Type.Optional(Person),
    address: Type.Optional({ ...text(200), description: 'Where they live; tier 2 asks for it' }),
    consent: Consent,
    externalId: Type.Optional(text(100)),
    metadata: Type.Optional(Metadata),
  },
  { title: 'CreateConsumer' },
)
export interface CreateConsumer extends Static<typeof CreateConsumer> {}

export const ConsumerPage = pageOf(Consumer, 'ConsumerPage')

export const createConsumer = operation({
  id: 'createConsumer',
  method: 'POST',
  path: '/v1/consumers',
  summary: 'Register a consumer as a draft',
  scope: 'consumers:write',
  person: { scope: 'self:draft' },
  idempotencyKey: 'accepted',
  body: CreateConsumer,
  response: Consumer,
  status: 201,
  problems: ['registration_invalid', 'document_duplicate', 'phone_duplicate', 'registration_exists'],
})

export const listConsumers = operation({
  id: 'listConsumers',
  method: 'GET',
  path: '/v1/consumers',
  summary: 'List consumers, newest first',
  scope: 'consumers:read',
  person: { scope: 'self:draft' },
  query: strictObject({
    ...pageQuery,
    status: Type.Optional(RegistrationStatus),
    reviewing: Type.Optional(
      Type.Boolean({ description: 'Operators look at it: at the registration or at an upgrade' }),
    ),
    assignedTo: Type.Optional(Type.String({ maxLength: 100, description: 'In review, and this operator works on it' })),
    externalId: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  response: ConsumerPage,
  problems: [],
})

export const getConsumer = operation({
  id: 'getConsumer',
  method: 'GET',
  path: '/v1/consumers/{consumerId}',
  summary: 'Get a consumer',
  scope: 'consumers:read',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  response: Consumer,
  problems: ['consumer_not_found'],
})

export const getConsumerRequirements = operation({
  id: 'getConsumerRequirements',
  method: 'GET',
  path: '/v1/consumers/{consumerId}/requirements',
  summary: 'What this consumer still has to give',
  scope: 'consumers:read',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  response: Requirements,
  problems: ['consumer_not_found'],
})

export const startConsumerPhoneVerification = operation({
  id: 'startConsumerPhoneVerification',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/phone-verifications',
  summary: 'Send a code to the consumer’s phone',
  scope: 'consumers:write',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  idempotencyKey: 'accepted',
  response: PhoneVerification,
  status: 201,
  problems: ['consumer_not_found', 'consumer_wrong_status'],
})

export const confirmConsumerPhoneVerification = operation({
  id: 'confirmConsumerPhoneVerification',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/phone-verifications/{verificationId}/confirm',
  summary: 'Confirm the phone with the code',
  scope: 'consumers:write',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  idempotencyKey: 'accepted',
  body: ConfirmCode,
  response: PhoneVerification,
  problems: [
    'consumer_not_found',
    'phone_verification_not_found',
    'phone_verification_wrong_status',
    'code_mismatch',
    'code_expired',
    'code_tries_exhausted',
  ],
})

export const submitConsumer = operation({
  id: 'submitConsumer',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/submit',
  summary: 'Submit the registration: on tier 0 or 1 it is active at once, with an account',
  scope: 'consumers:write',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  idempotencyKey: 'accepted',
  body: SubmitRegistration,
  response: Consumer,
  problems: ['consumer_not_found', 'consumer_wrong_status', 'requirements_missing', 'tier_age'],
})

export const upgradeConsumer = operation({
  id: 'upgradeConsumer',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/upgrade',
  summary: 'Ask for the next tier: tier 1 at once, above it operators look first, while everything goes on as it was',
  scope: 'consumers:write',
  person: { scope: 'self:draft', of: { consumerId: 'owner' } },
  idempotencyKey: 'accepted',
  response: Consumer,
  problems: ['consumer_not_found', 'consumer_wrong_status', 'requirements_missing', 'tier_age', 'tier_highest'],
})
