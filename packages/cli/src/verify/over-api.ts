import type { PublishedKey } from '@pisto/contract'
import {
  type Checkpoint,
  decodeBase64Url,
  emptyRoot,
  epochNamed,
  Frontier,
  leafHash,
  openCheckpoint,
} from '@pisto/proof'
import { PistoApiError } from '@pisto/sdk'
import type { ConnectedTenant } from '../connection.ts'
import { failed } from '../failure.ts'
import { compareAccount, findUnknownAccounts } from './account-entries.ts'
import { ExpectedBooks, readLeaf } from './expected-books.ts'
import type { BooksVerdict, Finding } from './findings.ts'
import { firstDifference } from './leaf-tiles.ts'

const LEAVES = 1000

/**
 * Checks a tenant's books by what its API gives, with no trust in the server but for its published keys: the leaves
 * have the root that was signed, and every account's entries and balances follow from the leaves.
 *
 * @param onProgress Called with the leaves read so far.
 */
export async function verifyOverApi(
  connected: ConnectedTenant,
  onProgress: (leafCount: number, size: number) => void,
): Promise<BooksVerdict> {
  const { client, tenant } = connected
  const { keys } = await client.service.keys()
  const checkpoint = await newestCheckpoint(connected, keys)
  const size = checkpoint?.size ?? 0
  const findings: Finding[] = []
  const books = new ExpectedBooks()
  const frontier = Frontier.empty()
  const hashes: Uint8Array[] = []

  for await (const { sequence, leaf } of client.log.leaves({ limit: LEAVES })) {
    if (frontier.size >= size) break // newer than the checkpoint: next time
    const leafIndex = frontier.size
    if (sequence !== leafIndex + 1) findings.push({ where: 'log', leafIndex, message: `the leaf is missing` })
    const hash = leafHash(new TextEncoder().encode(leaf))
    frontier.append(hash)
    hashes.push(hash)
    const wrong = apply(books, leaf, tenant.id, leafIndex)
    findings.push(...wrong.map((message) => ({ where: 'log', leafIndex, message })))
    onProgress(frontier.size, size)
  }
  if (checkpoint !== undefined && !isSame(frontier, checkpoint)) {
    const leafIndex = (await firstDifference(client, hashes, size)) ?? 0
    findings.push({ where: 'checkpoint', leafIndex, message: 'the leaves are not those that were signed' })
  }
  let entryCount = 0
  for (const [accountId, expected] of books.accounts) {
    const compared = await compareAccount(connected, accountId, expected, size)
    entryCount += compared.entryCount
    findings.push(...compared.findings)
  }
  findings.push(...(await findUnknownAccounts(connected, books, size)))
  for (const [currency, sum] of books.sums()) {
    if (sum !== 0n) findings.push({ where: 'log', leafIndex: 0, message: `debits and credits of ${currency} differ` })
  }
  findings.sort((a, b) => a.leafIndex - b.leafIndex)
  return {
    tenantId: tenant.id,
    code: tenant.code,
    ok: findings.length === 0,
    size,
    root: Buffer.from(size === 0 ? emptyRoot() : frontier.root()).toString('hex'),
    accountCount: books.accounts.size,
    entryCount,
    findings,
  }
}

/** @throws {CommandFailure} no published key of the tenant has signed it */
async function newestCheckpoint(
  { client, tenant }: ConnectedTenant,
  keys: readonly PublishedKey[],
): Promise<Checkpoint | undefined> {
  const note = await client.log.checkpoint().catch((error: unknown) => {
    if (error instanceof PistoApiError && error.code === 'proof_not_found') return undefined // nothing happened yet
    throw error
  })
  if (note === undefined) return undefined
  const own = keys.filter(({ use, tenantId }) => use === 'checkpoint' && tenantId === tenant.id)
  try {
    const publicKeys = own.map(({ x }) => decodeBase64Url(x))
    return await openCheckpoint(note, { origin: epochNamed(note, tenant.logOrigin), publicKeys })
  } catch (cause) {
    throw failed(`The checkpoint of ${tenant.code} is not genuine: ${(cause as Error).message}`, undefined, cause)
  }
}

const isSame = (frontier: Frontier, { size, root }: Checkpoint): boolean =>
  frontier.size === size && Buffer.from(frontier.root()).equals(root)

function apply(books: ExpectedBooks, text: string, tenantId: string, leafIndex: number): string[] {
  try {
    const leaf = readLeaf(text)
    const isOther = leaf.tenant !== tenantId || leaf.sequence !== leafIndex + 1
    return [...(isOther ? ['the leaf is of another place or tenant'] : []), ...books.apply(leaf)]
  } catch (error) {
    return [`the leaf cannot be read: ${(error as Error).message}`]
  }
}
