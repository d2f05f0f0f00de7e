import { createHash } from 'node:crypto'
import type { CreateScreeningList, ScreeningList, ScreeningListEntry } from '@pisto/contract'
import type { ConnectedTenant } from '../connection.ts'
import { type ExaminedList, entriesOf, type ListFile } from './list-file.ts'

export interface SentList {
  readonly tenant: ConnectedTenant['tenant']
  readonly list: ScreeningList
}

/** Entries of a request at the most, and characters: its body is at most 1 MiB. */
const ENTRIES = 200
const CHARACTERS = 100_000

/**
 * Loads a list with one tenant and puts it in force. The same command again goes on where it was cut short: what is there
 * already changes nothing.
 *
 * @param onProgress Called with the count of entries that are there.
 */
export async function sendList(
  { client, tenant }: ConnectedTenant,
  file: ListFile,
  examined: ExaminedList,
  about: CreateScreeningList,
  actor: string,
  onProgress: (entryCount: number) => void,
): Promise<SentList> {
  const idempotencyKey = createHash('sha256')
    .update(JSON.stringify([examined.hash, file.format, about]))
    .digest('hex')
  const { id } = await client.screeningLists.create(about, { idempotencyKey })
  const begun = await client.screeningLists.get(id)
  if (begun.status !== 'loading') return { tenant, list: begun }
  let chunk: ScreeningListEntry[] = []
  let [characters, sent] = [0, 0]
  const send = async (): Promise<void> => {
    if (chunk.length > 0) await client.screeningLists.addEntries(id, { entries: chunk })
    sent += chunk.length
    onProgress(sent)
    chunk = []
    characters = 0
  }
  for await (const entry of entriesOf(file)) {
    const { aliases, ids, programs, ...same } = entry
    chunk.push({
      ...same,
      ...(aliases && { aliases: [...aliases] }),
      ...(ids && { ids: [...ids] }),
      ...(programs && { programs: [...programs] }),
    })
    characters += JSON.stringify(entry).length
    if (chunk.length >= ENTRIES || characters >= CHARACTERS) await send()
  }
  await send()
  const list = await client.screeningLists.activate(id, { actor, entryCount: examined.counts.entries })
  return { tenant, list }
}
