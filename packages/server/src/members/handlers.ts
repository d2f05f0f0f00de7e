import type { OperationTable } from '@pisto/contract'
import type { Handlers } from '../platform/http/handlers.ts'
import { createDevice, endDevice, listDevices, pairDevice } from './devices.ts'
import { acceptMember, changeMember, inviteMember, listPeople, type MemberDeps, removeMember } from './service.ts'

/** HTTP has been dealt with: input is valid, the caller is known, the operation is allowed. */
export const memberHandlers = (deps: MemberDeps): Handlers<OperationTable['members']> => ({
  inviteMember: ({ merchantId, body }, call) => inviteMember(deps, call, merchantId, body),
  listMembers: ({ merchantId, query }, call) => listPeople(deps, call, merchantId, query),
  acceptMember: ({ merchantId, memberId }, call) => acceptMember(deps, call, merchantId, memberId),
  changeMember: ({ merchantId, memberId, body }, call) => changeMember(deps, call, { merchantId, memberId }, body.role),
  removeMember: ({ merchantId, memberId }, call) => removeMember(deps, call, merchantId, memberId),
})

/** Tills. */
export const deviceHandlers = (deps: MemberDeps): Handlers<OperationTable['devices']> => ({
  createDevice: ({ merchantId, body }, call) => createDevice(deps, call, merchantId, body.name),
  pairDevice: ({ merchantId, deviceId }, call) => pairDevice(deps, call, merchantId, deviceId),
  listDevices: ({ merchantId, query }, call) => listDevices(deps, call, merchantId, query),
  endDevice: ({ merchantId, deviceId }, call) => endDevice(deps, call, merchantId, deviceId),
})
