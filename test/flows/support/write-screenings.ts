/** How the canary test writes: each text is one of its own. */
export interface Writing {
  /** Calls an operation that must succeed. @returns What it answers. */
  readonly done: (id: string, sent?: Record<string, unknown>) => Promise<Record<string, string>>
  /** A text that must leave the books by no other way. */
  readonly canary: () => string
  /** A text that must not even be in the books in clear. */
  readonly secret: () => string
}

/** Everything that is written about lists, about whom they may have, and about movements that look odd. */
export async function writeScreenings({ done, canary, secret }: Writing): Promise<void> {
  const number = canary()
  const list = { name: canary(), version: canary(), legalBasis: canary(), source: canary(), consequence: 'review' }
  const entry = { id: canary(), name: canary(), aliases: [canary()], programs: [canary()], remarks: canary() }
  const { id: listId } = await done('createScreeningList', { body: list })
  await done('addScreeningListEntries', { listId, body: { entries: [{ ...entry, ids: [number] }] } })
  await done('activateScreeningList', { listId, body: { actor: canary(), entryCount: 1 } })

  const said = () => ({ actor: canary(), outcome: 'confirmed', reasons: ['same_person'], note: secret() })
  const query = () => ({ name: secret(), aliases: [secret()], ids: [number] })
  const { id: screeningId } = await done('createScreening', { body: { query: query() } })
  for (const operator of [said(), said()]) await done('decideScreening', { screeningId, body: operator })
  await done('appealScreening', { screeningId, body: { actor: canary(), note: secret() } })

  const { caseId } = await done('createScreening', { body: { query: query() } })
  const first = canary()
  await done('assignCase', { caseId, body: { to: first } })
  await done('assignCase', { caseId, body: { to: null, from: first } })
  for (const operator of [said(), said()]) await done('decideCase', { caseId, body: operator })
  await done('appealCase', { caseId, body: { actor: canary(), note: secret() } })

  await done('withdrawScreeningList', { listId, body: { actor: canary(), note: canary() } })
  const rule = { name: 'canary', kind: 'velocity', parameters: { windowHours: 1, count: 100_000 }, isActive: false }
  await done('createMonitoringRule', { body: { ...rule, source: canary(), actor: canary() } })
}

/** A Guatemalan tax id (NIT), another for each number: the check digit is by weights 8 to 2, modulo 11. */
export function aTaxId(n: number): string {
  const serial = String(1_000_000 + n)
  const sum = [...serial].reduce((total, digit, index) => total + Number(digit) * (8 - index), 0)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? aTaxId(n + 1_000) : `${serial}${check}`
}
