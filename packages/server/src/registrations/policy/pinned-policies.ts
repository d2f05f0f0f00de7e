import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { type Queryable, sqlArray } from '@pisto/ledger'
import { canonicalJson } from '@pisto/proof'
import { FOLDER, isPolicyFile } from './read-policies.ts'

/** A policy's version is not what it was when decisions were made under it: nobody could say what they were made on. */
class PolicyChanged extends Error {
  override readonly name = 'PolicyChanged'
}

/**
 * Keeps what each version of a policy says, from the first start that has it; a later start with other content under the
 * same name, or without it, is refused. A change of law is a new version. The last day is not part of it: the next
 * version sets it.
 *
 * @param now Business time.
 * @throws {PolicyChanged}
 */
export async function pinPolicies(db: Queryable, now: Date, folder: URL = FOLDER): Promise<void> {
  const hashes = contentHashes(folder)
  await db.query(
    `insert into policy_versions (version, content_hash, seen_at)
     select x.version, x.content_hash, $3 from unnest($1::text[], $2::text[]) as x(version, content_hash)
     on conflict (version) do nothing`,
    [sqlArray([...hashes.keys()]), sqlArray([...hashes.values()]), now],
  )
  const pinned = await db.query<{ version: string; content_hash: string }>(
    'select version, content_hash from policy_versions order by version',
  )
  for (const { version, content_hash: hash } of pinned) {
    const found = hashes.get(version)
    if (found === undefined) throw new PolicyChanged(`the policy ${version}, in force here before, is gone`)
    if (found !== hash) {
      throw new PolicyChanged(`the policy ${version} says something else than before: what changes is a new version`)
    }
  }
}

/** By version. */
function contentHashes(folder: URL): ReadonlyMap<string, string> {
  const written = readdirSync(folder).filter(isPolicyFile)
  return new Map(
    written.map((name) => {
      const { effectiveTo: _, ...data } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
      return [data.version, createHash('sha256').update(canonicalJson(data)).digest('hex')]
    }),
  )
}
