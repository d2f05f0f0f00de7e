import { type PortStatus, WrongStatus } from '@pisto/contract'

export type PortEvent = 'accept' | 'refuse' | 'complete' | 'cancel' | 'expire'

/**
 * Where a move can go, at each of its two tenants. `refuse`: the old tenant does not hand over (yet), and the new one may
 * accept again. An empty row is terminal.
 */
const PORT_MOVES: Readonly<Record<PortStatus, Readonly<Partial<Record<PortEvent, PortStatus>>>>> = {
  offered: { accept: 'accepted', cancel: 'cancelled', expire: 'expired' },
  accepted: { refuse: 'offered', complete: 'completed', cancel: 'cancelled', expire: 'expired' },
  completed: {},
  cancelled: {},
  expired: {},
}

/** @throws {WrongStatus} `port_wrong_status` */
export function nextStatus(from: PortStatus, event: PortEvent): PortStatus {
  const to = PORT_MOVES[from][event]
  if (to === undefined) throw new WrongStatus('port_wrong_status', { status: from })
  return to
}
