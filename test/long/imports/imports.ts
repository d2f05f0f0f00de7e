import { setTimeout as delay } from 'node:timers/promises'
import { Pisto } from '@pisto/sdk'
import { checkBooks, newPerson, type Sandbox } from '@pisto/testkit'

export interface ImportsOptions {
  readonly rows: number
  readonly onProgress?: (what: string, done: number, total: number) => void
}

export interface ImportsReport {
  readonly rows: number
  readonly accepted: number
  readonly receivedPerSecond: number
  readonly decidedPerSecond: number
  /** Of server, client and the maker of the rows together, at its highest. */
  readonly rssMegabytes: number
  readonly faults: readonly string[]
}

const GIVEN = ['Rosa María', 'Ana Lucía', 'José Luis', 'Petrona', 'Wilmer', 'Sandra Patricia', 'Óscar', 'Tomás']
const FAMILY = ['Umaña Pérez', 'Ramos Euceda', 'Coc Tzul', 'Xol Machado', 'Zelaya Chub', 'Rivas Quib', 'Caal Morán']

/**
 * Sends merchants as one stream and has them decided with every check; then the books are recomputed from their log.
 *
 * @param now Milliseconds of a clock that only goes forward.
 */
export async function runImports(sandbox: Sandbox, options: ImportsOptions, now: () => number): Promise<ImportsReport> {
  const { rows, onProgress = () => undefined } = options
  const client = new Pisto({ baseUrl: sandbox.url, apiKey: sandbox.tenant('SV').apiKey })
  let rssBytes = 0
  const begunMs = now()
  const content = () => linesOf(rows)
  const { id } = await client.imports.create({ mediaType: 'application/x-ndjson', content }, { kind: 'merchants' })
  const receivedMs = now()
  let found = await client.imports.get(id)
  while (found.status !== 'completed') {
    await delay(200)
    rssBytes = Math.max(rssBytes, process.memoryUsage().rss)
    found = await client.imports.get(id)
    onProgress('rows', found.acceptedCount + found.refusedCount, rows)
  }
  const doneMs = now()
  const faults = (await checkBooks(sandbox.db)).flatMap(({ findings }) => findings.map(({ message }) => message))
  const { acceptedCount: accepted, refusedCount } = found
  if (accepted + refusedCount !== rows) faults.push(`${rows - accepted - refusedCount} rows have no outcome`)
  const perSecond = (ms: number): number => Math.round(rows / (ms / 1000))
  return {
    rows,
    accepted,
    receivedPerSecond: perSecond(receivedMs - begunMs),
    decidedPerSecond: perSecond(doneMs - receivedMs),
    rssMegabytes: Math.round(rssBytes / 1e6),
    faults,
  }
}

async function* linesOf(rows: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < rows; from += 500) {
    const lines = Array.from({ length: Math.min(500, rows - from) }, (_, index) => JSON.stringify(rowOf(from + index)))
    yield Buffer.from(`${lines.join('\n')}\n`)
  }
}

function rowOf(n: number) {
  const { document, phone, dateOfBirth } = newPerson('SV', n)
  const [givenNames = '', familyNames = ''] = [GIVEN[n % GIVEN.length], FAMILY[n % FAMILY.length]]
  return {
    ...{ externalId: `R${n}`, country: 'SV', tradeName: `Tienda ${givenNames} ${n}`, givenNames, familyNames },
    ...{ dateOfBirth, documentType: 'DUI', documentNumber: document.number, phone, categoryCode: '5411' },
    ...{ locale: 'es', consent: 'yes' },
  }
}
