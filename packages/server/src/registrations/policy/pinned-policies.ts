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
 * Keeps what each version of a policy says, from the first start on which it is in force: decisions are made under it now.
 * A later start with other content under the same name, or without it, is refused. A change of law is a new version,
 * which may be mended until its first day. The last day is not part of it: the next version sets it.
 *
 * @param now Business time.
 * @throws {PolicyChanged}
 */
export async function pinPolicies(db: Queryable, now: Date, folder: URL = FOLDER): Promise<void> {
  const written = readContents(folder)
  const today = now.toISOString().slice(0, 10)
  const inForce = written.filter(({ effectiveFrom }) => effectiveFrom <= today)
  await db.query(
    `insert into policy_versions (version, content_hash, seen_at)
     select x.version, x.content_hash, $3 from unnest($1::text[], $2::text[]) as x(version, content_hash)
     on conflict (version) do nothing`,
    [sqlArray(inForce.map(({ version }) => version)), sqlArray(inForce.map(({ hash }) => hash)), now],
  )
  const pinned = await db.query<{ version: string; content_hash: string }>(
    'select version, content_hash from policy_versions order by version',
  )
  for (const { version, content_hash: hash } of pinned) {
    const found = written.find((one) => one.version === version)
    if (found === undefined) throw new PolicyChanged(`the policy ${version}, in force here before, is gone`)
    if (found.hash !== hash) {
      throw new PolicyChanged(`the policy ${version} says something else than before: what changes is a new version`)
    }
  }
}

interface Content {
  readonly version: string
  /** ISO 8601 date. */
  readonly effectiveFrom: string
  readonly hash: string
}

const readContents = (folder: URL): Content[] =>
  readdirSync(folder)
    .filter(isPolicyFile)
    .map((name) => {
      const { effectiveTo: _, ...data } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
      const hash = createHash('sha256').update(canonicalJson(data)).digest('hex')
      return { version: data.version, effectiveFrom: data.effectiveFrom, hash }
    })
