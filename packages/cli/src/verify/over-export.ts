import type { PublishedKey } from '@pisto/contract'
import { decodeBase64Url } from '@pisto/proof'
import { type ExportFile, openExport } from './export-file.ts'
import type { BooksVerdict } from './findings.ts'
import { LeafAudit } from './leaf-audit.ts'
import { verdictOf } from './over-api.ts'

/** What an export was verified by. */
export interface ExportVerdict extends BooksVerdict {
  /** `export`: by the keys in the file itself, so that only its parts were held against each other. */
  readonly keysFrom: 'given' | 'export'
}

/**
 * Checks an export with nothing but the file: leaves, tree, signature, balances, holds.
 *
 * @param keys Whom to believe; undefined: whoever the file names.
 * @param onProgress Called with the leaves read so far.
 * @throws {CommandFailure} it is no export
 */
export async function verifyExport(
  file: string,
  keys: readonly PublishedKey[] | undefined,
  onProgress: (leafCount: number, size: number) => void,
): Promise<ExportVerdict> {
  const { head, leaves } = await openExport(file)
  const { tenant, size, checkpoint } = head
  const own = (keys ?? head.keys).filter(({ use, tenantId }) => use === 'checkpoint' && tenantId === tenant.id)
  const publicKeys = own.map(({ x }) => decodeBase64Url(x))
  const audit = new LeafAudit({ tenantId: tenant.id, origin: tenant.logOrigin, publicKeys })
  const differs = await readAll(audit, leaves, (count) => onProgress(count, size))
  await audit.finish(checkpoint ?? undefined, async () => differs ?? 0)
  if (size !== audit.size)
    audit.tell('export', Math.min(size, audit.size), `it says ${size} leaves and has ${audit.size}`)
  let entryCount = 0
  for (const account of audit.books.accounts.values()) entryCount += account.entryCount
  return { ...verdictOf(audit, tenant, entryCount), keysFrom: keys === undefined ? 'export' : 'given' }
}

/** @returns Index of the first leaf that is not the one whose hash the log kept. */
async function readAll(
  audit: LeafAudit,
  leaves: ExportFile['leaves'],
  onProgress: (leafCount: number) => void,
): Promise<number | undefined> {
  let differs: number | undefined
  for await (const line of leaves) {
    const leafIndex = audit.size
    if (line === undefined) audit.tell('export', leafIndex, 'the line is no leaf')
    else if (line.sequence !== leafIndex + 1)
      audit.tell('export', leafIndex, `leaf ${line.sequence - 1} is in its place`)
    const hash = Buffer.from(audit.append(line?.leaf ?? '')).toString('base64')
    onProgress(audit.size)
    if (hash === line?.hash) continue
    differs ??= leafIndex
    audit.tell('export', leafIndex, 'the leaf is not the one that was hashed')
  }
  return differs
}
