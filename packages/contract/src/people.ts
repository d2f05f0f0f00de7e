import { type Static, Type } from 'typebox'
import { Erasure } from './erasure.ts'
import { idOf } from './ids.ts'
import { LegalSource } from './policies.ts'
import { Notice, Review } from './reviews.ts'
import { Country, DateOnly, Livemode, Metadata, nullable, strictObject, Timestamp, text } from './values.ts'

export const Locale = Type.Enum(['es', 'en'], { description: 'Language of messages to this person' })
export const Phone = text(24)

export const Document = strictObject(
  {
    type: Type.Enum(['DPI', 'DNI', 'DUI'], { description: 'GT: DPI, HN: DNI, SV: DUI' }),
    number: text(24),
  },
  { title: 'Document', description: 'National identity document, with or without hyphens' },
)

export const Person = strictObject(
  {
    givenNames: Type.Optional(text(100)),
    familyNames: Type.Optional(text(100)),
    dateOfBirth: Type.Optional(DateOnly),
    document: Type.Optional(Document),
  },
  {
    title: 'Person',
    description: 'Tier 1 asks for all of it, tier 0 for none; what is left out is not given, or stays',
  },
)
export interface Person extends Static<typeof Person> {}

export const RegisteredPerson = strictObject(
  {
    givenNames: nullable(Type.String()),
    familyNames: nullable(Type.String()),
    dateOfBirth: nullable(DateOnly),
    document: nullable(Document),
  },
  { title: 'RegisteredPerson', description: 'Null: not given; tier 0 asks for none of it' },
)
export interface RegisteredPerson extends Static<typeof RegisteredPerson> {}

export const Consent = strictObject(
  { version: text(40), acceptedAt: Timestamp },
  { title: 'Consent', description: 'Which text the person agreed to, and when' },
)

export const RegistrationStatus = Type.Enum(
  ['draft', 'submitted', 'inReview', 'returned', 'rejected', 'active', 'restricted', 'suspended', 'closed'],
  { description: 'Where the registration stands' },
)
export type RegistrationStatus = Static<typeof RegistrationStatus>

export const Capability = strictObject(
  {
    status: Type.Enum(['inactive', 'pending', 'active', 'paused']),
    reasons: Type.Array(Type.String(), {
      description: 'Why it is not active. `screening`: a case must be decided; the person reads `underReview`',
    }),
  },
  { title: 'Capability' },
)

export const RequirementItem = strictObject(
  {
    requirement: Type.String(),
    status: Type.Enum(['currentlyDue', 'eventuallyDue', 'pastDue', 'pendingVerification']),
    tier: Type.Integer({ minimum: 0, maximum: 3, description: 'That asks for it' }),
    message: Type.String({ description: 'What is asked for, for the person' }),
    messageEs: Type.String(),
    how: Type.Array(
      strictObject({
        way: Type.Enum(['code', 'field', 'document'], {
          description: 'By confirming a code, by a field of the registration, by uploading a document',
        }),
        message: Type.String(),
        messageEs: Type.String(),
      }),
      { description: 'Any one of these will do' },
    ),
    source: LegalSource,
    deadline: nullable(Timestamp),
    stops: Type.Array(Type.String(), { description: 'Capabilities that are paused without it, after the deadline' }),
  },
  { title: 'RequirementItem' },
)
export interface RequirementItem extends Static<typeof RequirementItem> {}

export const Requirements = strictObject(
  {
    currentlyDue: Type.Array(Type.String(), { description: 'Needed now, by name of the evidence' }),
    eventuallyDue: Type.Array(Type.String()),
    pastDue: Type.Array(Type.String()),
    pendingVerification: Type.Array(Type.String()),
    errors: Type.Array(
      strictObject({
        requirement: Type.String({ description: 'What has to be mended' }),
        documentKind: Type.Optional(
          Type.String({ description: 'Of the document that was not accepted, where it was one' }),
        ),
        code: Type.String(),
        message: Type.String(),
        messageEs: Type.String(),
      }),
    ),
    alternatives: Type.Array(strictObject({ requirement: Type.String(), documentKind: Type.String() }), {
      description: 'What a document of this kind gives as well',
    }),
    currentDeadline: nullable(Timestamp),
    disabledReason: nullable(Type.String()),
    items: Type.Array(RequirementItem, { description: 'The same, each with what, why, how and by when' }),
  },
  { title: 'Requirements', description: 'What is still missing to gain or keep a capability' },
)
export interface Requirements extends Static<typeof Requirements> {}

export const Flag = strictObject(
  {
    code: Type.Enum(['name_resembles', 'person_resembles', 'mrz_mismatch'], {
      description:
        '`name_resembles`: named like an active neighbour; `person_resembles`: perhaps the same person under another ' +
        'document and phone; `mrz_mismatch`: the lines of the card are not what was typed',
    }),
    message: Type.String(),
    messageEs: Type.String(),
    resemblance: nullable(
      Type.Enum(['same', 'alike', 'near'], {
        description: 'The closest: the same letters; alike to eye or ear; one letter apart',
      }),
    ),
    registrationIds: Type.Array(Type.String(), {
      description: 'Whom it resembles, the closest five; to the person none',
    }),
    findings: Type.Array(
      strictObject({ field: Type.String(), code: Type.String(), message: Type.String(), messageEs: Type.String() }),
      { description: 'Of `mrz_mismatch`: each difference, with the part of the card that has it' },
    ),
  },
  {
    title: 'Flag',
    description:
      'What was found, and stops nobody: somebody should look at it. The person is not shown `person_resembles`',
  },
)
export interface Flag extends Static<typeof Flag> {}

/** Fields that merchants and consumers have in common in an answer. */
export const registeredFields = {
  livemode: Livemode,
  status: RegistrationStatus,
  tier: Type.Integer({ minimum: 0, maximum: 3, description: 'KYC level; see the policy of the country' }),
  country: Country,
  phone: nullable(Type.String({ description: 'E.164; null: erased', examples: ['+50255550101'] })),
  locale: Locale,
  person: nullable(RegisteredPerson),
  erasure: nullable(Erasure),
  alias: Type.String({ pattern: '^\\d{12}$', description: 'Pays this one by keypad, voice or SMS; two check digits' }),
  requestedTier: nullable(Type.Integer({ minimum: 0, maximum: 3, description: 'That operators look at' })),
  accountId: nullable(idOf('acc')),
  requirements: Requirements,
  review: nullable(Review),
  notice: nullable(Notice),
  flags: Type.Array(Flag),
  externalId: nullable(Type.String()),
  metadata: Metadata,
  createdAt: Timestamp,
}

export const SubmitRegistration = strictObject(
  {
    tier: Type.Optional(
      Type.Integer({
        ...{ minimum: 0, maximum: 1 },
        description: 'To begin on. 0: with a confirmed phone alone, for small amounts. Left out: 1',
      }),
    ),
  },
  { title: 'SubmitRegistration' },
)
export interface SubmitRegistration extends Static<typeof SubmitRegistration> {}

export const PhoneVerification = strictObject(
  {
    id: idOf('phv'),
    livemode: Livemode,
    status: Type.Enum(['pending', 'confirmed', 'expired', 'exhausted']),
    expiresAt: Timestamp,
    createdAt: Timestamp,
  },
  { title: 'PhoneVerification' },
)
export interface PhoneVerification extends Static<typeof PhoneVerification> {}

export const ConfirmCode = strictObject(
  { code: Type.String({ pattern: '^\\d{6}$' }) },
  { title: 'ConfirmCode', description: 'The six digits of the SMS' },
)
export interface ConfirmCode extends Static<typeof ConfirmCode> {}
