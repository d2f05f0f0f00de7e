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
import { Country, DateOnly, Metadata, nullable, pageOf, pageQuery, strictObject, text } from './values.ts'

const Municipality = Type.String({
  pattern: '^\\d{4}$',
  description:
    'Code of the municipality, as documents carry it: department and municipality; El Salvador: the district',
  examples: ['0101'],
})

const Point = strictObject(
  {
    latitude: Type.Number({ minimum: -90, maximum: 90 }),
    longitude: Type.Number({ minimum: -180, maximum: 180 }),
  },
  { title: 'Point', description: 'Degrees; kept with two decimals, about a kilometre' },
)

export const BeneficialOwner = strictObject(
  {
    name: text(100),
    dateOfBirth: DateOnly,
    sharePercent: Type.Integer({ minimum: 1, maximum: 100 }),
  },
  { title: 'BeneficialOwner', description: 'Whoever owns or controls the business in the end' },
)

const companyFields = {
  taxId: text(24),
  businessRegistration: text(60),
  beneficialOwners: Type.Array(BeneficialOwner, { minItems: 1, maxItems: 20 }),
}

export const Place = strictObject(
  { municipality: Municipality, address: Type.Optional(text(200)), point: Type.Optional(Point) },
  { title: 'Place', description: 'Where the business is' },
)

export const MerchantPlace = strictObject(
  {
    municipality: Municipality,
    municipalityName: Type.String({ examples: ['Guatemala'] }),
    departmentName: Type.String(),
    address: nullable(Type.String()),
    point: nullable(Point),
  },
  { title: 'MerchantPlace', description: 'Where the business is' },
)

export const Merchant = strictObject(
  {
    id: idOf('mer'),
    ...registeredFields,
    tradeName: Type.String(),
    categoryCode: Type.String({ pattern: '^\\d{4}$', description: 'ISO 18245 merchant category code' }),
    place: nullable(MerchantPlace),
    taxId: nullable(Type.String({ description: 'As on the certificate; GT and SV: NIT, HN: RTN' })),
    businessRegistration: nullable(Type.String()),
    beneficialOwners: Type.Array(BeneficialOwner),
    capabilities: strictObject({ acceptPayments: Capability, holdBalance: Capability, payout: Capability }),
  },
  { title: 'Merchant', description: 'A micro-business that takes payments' },
)
export interface Merchant extends Static<typeof Merchant> {}

export const CreateMerchant = strictObject(
  {
    country: Country,
    tradeName: text(100),
    categoryCode: Type.String({ pattern: '^\\d{4}$' }),
    place: Type.Optional(Place),
    taxId: Type.Optional(companyFields.taxId),
    businessRegistration: Type.Optional(companyFields.businessRegistration),
    beneficialOwners: Type.Optional(companyFields.beneficialOwners),
    phone: Phone,
    locale: Type.Optional(Locale),
    person: Type.Optional(Person),
    consent: Consent,
    externalId: Type.Optional(text(100)),
    metadata: Type.Optional(Metadata),
  },
  { title: 'CreateMerchant' },
)
export interface CreateMerchant extends Static<typeof CreateMerchant> {}

export const MerchantPage = pageOf(Merchant, 'MerchantPage')

export const createMerchant = operation({
  id: 'createMerchant',
  method: 'POST',
  path: '/v1/merchants',
  summary: 'Register a merchant as a draft',
  scope: 'merchants:write',
  person: { scope: 'self:draft' },
  idempotencyKey: 'accepted',
  body: CreateMerchant,
  response: Merchant,
  status: 201,
  problems: ['registration_invalid', 'document_duplicate', 'phone_duplicate', 'registration_exists'],
})

export const listMerchants = operation({
  id: 'listMerchants',
  method: 'GET',
  path: '/v1/merchants',
  summary: 'List merchants, newest first',
  scope: 'merchants:read',
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
  response: MerchantPage,
  problems: [],
})

export const getMerchant = operation({
  id: 'getMerchant',
  method: 'GET',
  path: '/v1/merchants/{merchantId}',
  summary: 'Get a merchant',
  scope: 'merchants:read',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  response: Merchant,
  problems: ['merchant_not_found'],
})

export const getMerchantRequirements = operation({
  id: 'getMerchantRequirements',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/requirements',
  summary: 'What this merchant still has to give',
  scope: 'merchants:read',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  response: Requirements,
  problems: ['merchant_not_found'],
})

export const startMerchantPhoneVerification = operation({
  id: 'startMerchantPhoneVerification',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/phone-verifications',
  summary: 'Send a code to the merchant’s phone',
  scope: 'merchants:write',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  response: PhoneVerification,
  status: 201,
  problems: ['merchant_not_found', 'merchant_wrong_status'],
})

export const confirmMerchantPhoneVerification = operation({
  id: 'confirmMerchantPhoneVerification',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/phone-verifications/{verificationId}/confirm',
  summary: 'Confirm the phone with the code',
  scope: 'merchants:write',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  body: ConfirmCode,
  response: PhoneVerification,
  problems: [
    'merchant_not_found',
    'phone_verification_not_found',
    'phone_verification_wrong_status',
    'code_mismatch',
    'code_expired',
    'code_tries_exhausted',
  ],
})

export const submitMerchant = operation({
  id: 'submitMerchant',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/submit',
  summary: 'Submit the registration: on tier 0 or 1 it is active at once, with an account',
  scope: 'merchants:write',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  body: SubmitRegistration,
  response: Merchant,
  problems: ['merchant_not_found', 'merchant_wrong_status', 'requirements_missing', 'tier_age'],
})

export const upgradeMerchant = operation({
  id: 'upgradeMerchant',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/upgrade',
  summary: 'Ask for the next tier: tier 1 at once, above it operators look first, while everything goes on as it was',
  scope: 'merchants:write',
  person: { scope: 'self:draft', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  response: Merchant,
  problems: ['merchant_not_found', 'merchant_wrong_status', 'requirements_missing', 'tier_age', 'tier_highest'],
})
