import { type Static, Type } from 'typebox'
import { idOf } from './ids.ts'
import { operation } from './operation.ts'
import { Phone } from './people.ts'
import { Livemode, nullable, pageOf, pageQuery, strictObject, Timestamp, text } from './values.ts'

const Role = Type.Enum(['owner', 'staff'], {
  description: '`staff` charge and see what they charged, and nothing else',
})

export const Member = strictObject(
  {
    id: idOf('mbr'),
    livemode: Livemode,
    merchantId: idOf('mer'),
    role: Role,
    status: Type.Enum(['invited', 'active', 'removed']),
    name: nullable(Type.String({ description: 'As whoever invited them wrote it' })),
    phone: nullable(
      Type.String({ description: 'E.164: as invited; of who has joined, their present one; null once removed' }),
    ),
    createdAt: Timestamp,
    joinedAt: nullable(Timestamp),
    removedAt: nullable(Timestamp),
  },
  { title: 'Member', description: 'Somebody who may act for a shop' },
)
export interface Member extends Static<typeof Member> {}

export const InviteMember = strictObject(
  {
    phone: Phone,
    name: text(60),
    role: Role,
    locale: Type.Optional(Type.Enum(['es', 'en'], { description: 'Language of the SMS. Default `es`' })),
  },
  { title: 'InviteMember' },
)
export interface InviteMember extends Static<typeof InviteMember> {}

export const ChangeMember = strictObject({ role: Role }, { title: 'ChangeMember' })
export interface ChangeMember extends Static<typeof ChangeMember> {}

export const MemberPage = pageOf(Member, 'MemberPage')

export const Device = strictObject(
  {
    id: idOf('mbr'),
    livemode: Livemode,
    merchantId: idOf('mer'),
    name: Type.String(),
    status: Type.Enum(['unpaired', 'active', 'ended']),
    createdAt: Timestamp,
    lastUsedAt: nullable(Timestamp),
    endedAt: nullable(Timestamp),
  },
  { title: 'Device', description: 'A till: a device of the shop that charges, and is nobody’s own' },
)
export interface Device extends Static<typeof Device> {}

export const CreateDevice = strictObject({ name: text(60) }, { title: 'CreateDevice' })
export interface CreateDevice extends Static<typeof CreateDevice> {}

export const DevicePage = pageOf(Device, 'DevicePage')

export const Pairing = strictObject(
  {
    deviceId: idOf('mbr'),
    livemode: Livemode,
    sessionId: idOf('ses'),
    code: Type.String({ pattern: '^\\d{6}$', description: 'For `confirmSession` on the till; good for ten minutes' }),
    expiresAt: Timestamp,
  },
  { title: 'Pairing' },
)
export interface Pairing extends Static<typeof Pairing> {}

export const inviteMember = operation({
  id: 'inviteMember',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/members',
  summary: 'Invite somebody by phone: who signs in with that phone accepts',
  scope: 'merchants:write',
  person: { scope: 'self:manage', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  body: InviteMember,
  response: Member,
  status: 201,
  problems: ['merchant_not_found', 'merchant_wrong_status', 'registration_invalid', 'member_duplicate'],
})

export const listMembers = operation({
  id: 'listMembers',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/members',
  summary: 'List who may act for a shop, newest first',
  scope: 'merchants:read',
  person: { scope: 'self:manage', of: { merchantId: 'owner' } },
  query: strictObject(pageQuery),
  response: MemberPage,
  problems: ['merchant_not_found'],
})

export const acceptMember = operation({
  id: 'acceptMember',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/members/{memberId}/accept',
  summary: 'Accept an invitation, signed in with the phone that was invited',
  scope: 'self',
  person: { scope: 'self:draft', of: { merchantId: 'invited' } },
  idempotencyKey: 'accepted',
  response: Member,
  problems: ['merchant_not_found', 'member_not_found', 'member_wrong_status', 'member_duplicate'],
})

export const changeMember = operation({
  id: 'changeMember',
  method: 'PATCH',
  path: '/v1/merchants/{merchantId}/members/{memberId}',
  summary: 'Give a member another role',
  scope: 'merchants:write',
  person: { scope: 'self:manage', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  body: ChangeMember,
  response: Member,
  problems: ['merchant_not_found', 'member_not_found', 'member_wrong_status', 'last_owner'],
})

export const removeMember = operation({
  id: 'removeMember',
  method: 'DELETE',
  path: '/v1/merchants/{merchantId}/members/{memberId}',
  summary: 'Remove a member, or withdraw an invitation',
  scope: 'merchants:write',
  person: { scope: 'self:manage', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  response: Member,
  problems: ['merchant_not_found', 'member_not_found', 'member_wrong_status', 'last_owner'],
})

export const createDevice = operation({
  id: 'createDevice',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/devices',
  summary: 'Name a till; `pairDevice` gives the code for it',
  scope: 'merchants:write',
  person: { scope: 'self:manage', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  body: CreateDevice,
  response: Device,
  status: 201,
  problems: ['merchant_not_found', 'merchant_wrong_status'],
})

export const pairDevice = operation({
  id: 'pairDevice',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/devices/{deviceId}/pair',
  summary: 'A code that signs a device in as this till; the device before it is signed out',
  scope: 'merchants:write',
  person: { scope: 'self:manage', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  response: Pairing,
  problems: ['merchant_not_found', 'device_not_found', 'member_wrong_status'],
})

export const listDevices = operation({
  id: 'listDevices',
  method: 'GET',
  path: '/v1/merchants/{merchantId}/devices',
  summary: 'List a shop’s tills, newest first',
  scope: 'merchants:read',
  person: { scope: 'self:manage', of: { merchantId: 'owner' } },
  query: strictObject(pageQuery),
  response: DevicePage,
  problems: ['merchant_not_found'],
})

export const endDevice = operation({
  id: 'endDevice',
  method: 'DELETE',
  path: '/v1/merchants/{merchantId}/devices/{deviceId}',
  summary: 'End a till for good: it is signed out at once',
  scope: 'merchants:write',
  person: { scope: 'self:manage', of: { merchantId: 'owner' } },
  idempotencyKey: 'accepted',
  response: Device,
  problems: ['merchant_not_found', 'device_not_found', 'member_wrong_status'],
})
