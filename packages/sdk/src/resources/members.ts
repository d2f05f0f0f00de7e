import type { ChangeMember, CreateDevice, Device, InviteMember, Member, Pairing } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

/** Who may act for a shop. */
export interface Members {
  /** Invites somebody by phone. */
  invite(merchantId: string, invitation: InviteMember, options?: WriteOptions): Promise<Member>
  /** Newest first. */
  list(merchantId: string, query?: Query<'listMembers'>, options?: CallOptions): List<Member>
  /** Accepts an invitation, signed in with the phone that was invited. */
  accept(merchantId: string, memberId: string, options?: WriteOptions): Promise<Member>
  /** Gives a member another role. */
  change(merchantId: string, memberId: string, change: ChangeMember, options?: WriteOptions): Promise<Member>
  /** Removes a member, or withdraws an invitation. */
  remove(merchantId: string, memberId: string, options?: WriteOptions): Promise<Member>
}

export function members(http: Http): Members {
  return {
    invite: (merchantId, body, options) => http.send('inviteMember', { merchantId, body }, options),
    list: (merchantId, query = {}, options) => http.list('listMembers', { merchantId, query }, options),
    accept: (merchantId, memberId, options) => http.send('acceptMember', { merchantId, memberId }, options),
    change: (merchantId, memberId, body, options) => http.send('changeMember', { merchantId, memberId, body }, options),
    remove: (merchantId, memberId, options) => http.send('removeMember', { merchantId, memberId }, options),
  }
}

/** A shop's tills. */
export interface Devices {
  /** Names a till; `pair` gives the code for it. */
  create(merchantId: string, device: CreateDevice, options?: WriteOptions): Promise<Device>
  /** Newest first. */
  list(merchantId: string, query?: Query<'listDevices'>, options?: CallOptions): List<Device>
  /** A code that signs a device in as this till; show it to whoever stands before it. */
  pair(merchantId: string, deviceId: string, options?: WriteOptions): Promise<Pairing>
  /** Signs the till out for good. */
  end(merchantId: string, deviceId: string, options?: WriteOptions): Promise<Device>
}

export function devices(http: Http): Devices {
  return {
    create: (merchantId, body, options) => http.send('createDevice', { merchantId, body }, options),
    list: (merchantId, query = {}, options) => http.list('listDevices', { merchantId, query }, options),
    pair: (merchantId, deviceId, options) => http.send('pairDevice', { merchantId, deviceId }, options),
    end: (merchantId, deviceId, options) => http.send('endDevice', { merchantId, deviceId }, options),
  }
}
