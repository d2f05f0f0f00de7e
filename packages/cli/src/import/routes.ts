import type { ConnectedTenant } from '../connection.ts'

/** Finds whose row it is: the tenant of its country, else the first, which refuses it. */
export function routeOf(tenants: readonly ConnectedTenant[], country: string): ConnectedTenant | undefined {
  const code = country.normalize('NFC').trim().toUpperCase()
  return tenants.find(({ tenant }) => tenant.country === code) ?? tenants[0]
}
