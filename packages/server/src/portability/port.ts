import type { Port as PortAnswer, PortStatus } from '@pisto/contract'

/** A merchant's move, as one of its two tenants has it. */
export interface Port {
  /** `prt_…`, the same at both. */
  readonly id: string
  readonly direction: 'outgoing' | 'incoming'
  readonly status: PortStatus
  /** `ten_…` of the other one. */
  readonly otherTenantId: string
  readonly otherCode: string
  /** `mer_…` of this tenant; null: offered to it, and not accepted. */
  readonly merchantId: string | null
  /** Of the business; masked while it is only offered to this tenant. */
  readonly name: string
  /** 12 digits. */
  readonly alias: string
  readonly consent: { readonly version: string; readonly acceptedAt: Date }
  /** Code of the problem that the old tenant had when it was last accepted. */
  readonly refusal: string | null
  /** The signed evidence; null: it is gone. */
  readonly sealed: Uint8Array | null
  /** Whose key opens it: `mer_…`, or the move's own. */
  readonly sealedFor: string | null
  /** Counts its moves. */
  readonly revision: number
  readonly expiresAt: Date
  readonly createdAt: Date
}

/** What the evidence opens under. */
export const bundlePurpose = (portId: string): string => `port/${portId}`

/** `Tortillería Ñandú` → `T… Ñ…`: enough to recognise whom one expects, too little to look for anybody. */
export const maskedName = (name: string): string =>
  name
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => `${[...word][0]}…`)
    .join(' ')

/** As the wire has it. */
export function showPort(port: Port, livemode: boolean): PortAnswer {
  const { id, direction, status, otherCode, merchantId, name, alias, consent, refusal, expiresAt, createdAt } = port
  const isMasked = direction === 'incoming' && merchantId === null
  return {
    id,
    livemode,
    direction,
    status,
    tenantCode: otherCode,
    merchantId,
    name,
    alias: isMasked ? null : alias,
    consent: { version: consent.version, acceptedAt: consent.acceptedAt.toISOString() },
    refusal,
    expiresAt: expiresAt.toISOString(),
    createdAt: createdAt.toISOString(),
  }
}
