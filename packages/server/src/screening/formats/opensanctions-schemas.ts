/** Of the FollowTheMoney schemas, those of somebody who can be a customer. @see https://followthemoney.tech/explorer/ */
const PEOPLE: ReadonlySet<string> = new Set(['Person'])
const ORGANISATIONS: ReadonlySet<string> = new Set(['Organization', 'Company', 'LegalEntity', 'PublicBody'])

/** @returns Undefined: a ship, an address, a relation, … */
export function kindOfSchema(schema: string): 'person' | 'organisation' | undefined {
  if (PEOPLE.has(schema)) return 'person'
  return ORGANISATIONS.has(schema) ? 'organisation' : undefined
}
