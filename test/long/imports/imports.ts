import { setTimeout as delay } from 'node:timers/promises'
import { Pisto } from '@pisto/sdk'
import { checkBooks, drawPerson, newPerson, type Sandbox, SeededRandom } from '@pisto/testkit'

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

const TRADES = [
  ...['Tienda', 'Abarrotería', 'Panadería', 'Tortillería', 'Comedor', 'Cafetería', 'Taller', 'Farmacia', 'Librería'],
  ...['Ferretería', 'Variedades', 'Salón', 'Barbería', 'Carnicería', 'Miscelánea', 'Venta de verduras'],
]
const SAINTS = ['La Bendición', 'San José', 'Guadalupe', 'El Buen Pastor', 'Santa Marta', 'La Esperanza', 'El Progreso']

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
  const random = new SeededRandom(1)
  for (let from = 0; from < rows; from += 500) {
    const lines = Array.from({ length: Math.min(500, rows - from) }, (_, index) =>
      JSON.stringify(rowOf(random, from + index)),
    )
    yield Buffer.from(`${lines.join('\n')}\n`)
  }
}

/** People and shops by names as they are frequent in the region: some of their words are everybody's, some nobody's. */
function rowOf(random: SeededRandom, n: number) {
  const { document, phone } = newPerson('SV', n)
  const { given, surnames, dob: dateOfBirth } = drawPerson(random)
  const [givenNames, familyNames] = [given.join(' '), surnames.join(' ')]
  const called = random.pick([given[0], surnames[0], `${given[0]} ${surnames[0]}`, random.pick(SAINTS)])
  const tradeName = `${random.pick(TRADES)} ${called}`
  return {
    ...{ externalId: `R${n}`, country: 'SV', tradeName, givenNames, familyNames },
    ...{ dateOfBirth, documentType: 'DUI', documentNumber: document.number, phone, categoryCode: '5411' },
    ...{ locale: 'es', consent: 'yes' },
  }
}
