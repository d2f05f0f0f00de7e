import { type ConnectedTenant, type ConnectionOptions, connect } from './connection.ts'
import { misused } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** The tenant that a command changes something of. @throws {CommandFailure} no key, or several */
export async function oneTenant(terminal: Terminal, options: ConnectionOptions): Promise<ConnectedTenant> {
  const [tenant, ...others] = await connect(terminal, options)
  if (tenant === undefined || others.length > 0) throw misused('One key, please: whose keys are changed?')
  return tenant
}
