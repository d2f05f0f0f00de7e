import type { ImportRow, MerchantRow } from '@pisto/contract'

/** What became of a row. */
export type Outcome = Pick<ImportRow, 'row' | 'outcome' | 'merchantId'>

/** Sends a chunk; gives the outcomes in its order. */
type SendChunk = (rows: readonly MerchantRow[]) => Promise<readonly Outcome[]>

export interface RowSenderOptions {
  readonly send: SendChunk
  readonly onOutcomes: (outcomes: readonly Outcome[]) => void
  /** Default 100, the most that the API takes. */
  readonly rowsPerChunk?: number
  /** Default 4. */
  readonly chunksInFlight?: number
}

/** Characters of a chunk: a request's body is at most 1 MiB, and a character may take six bytes of it. */
const MAX_CHARACTERS = 150_000

interface Flight {
  readonly keys: ReadonlySet<string>
  readonly done: Promise<void>
}

/**
 * Sends one tenant's rows in chunks, several at a time. Rows that may be duplicates of each other (same document or
 * same phone, whatever their spelling) are never on their way in two chunks at once, so that the earlier one wins: the
 * outcomes are those of sending row after row.
 */
export class RowSender {
  readonly #options: Required<RowSenderOptions>
  readonly #flights = new Set<Flight>()
  #rows: MerchantRow[] = []
  #characters = 0
  #failure: { readonly error: unknown } | undefined

  constructor(options: RowSenderOptions) {
    this.#options = { rowsPerChunk: 100, chunksInFlight: 4, ...options }
  }

  /** Resolves when there is room for more. @throws what `send` threw for an earlier chunk */
  async add(row: MerchantRow): Promise<void> {
    this.#rows.push(row)
    this.#characters += charactersOf(row)
    const isFull = this.#rows.length >= this.#options.rowsPerChunk || this.#characters >= MAX_CHARACTERS
    if (isFull) await this.#depart()
  }

  /** Sends what is left and waits for all. @throws what `send` threw */
  async finish(): Promise<void> {
    if (this.#rows.length > 0) await this.#depart()
    await Promise.all([...this.#flights].map(({ done }) => done))
    this.#rethrow()
  }

  async #depart(): Promise<void> {
    const rows = this.#rows
    this.#rows = []
    this.#characters = 0
    const keys = new Set(rows.flatMap(keysOf))
    for (let blocking = this.#blocking(keys); blocking; blocking = this.#blocking(keys)) await blocking
    this.#rethrow()
    const flight: Flight = { keys, done: this.#send(rows).finally(() => this.#flights.delete(flight)) }
    this.#flights.add(flight)
  }

  /** What must land first: a chunk with a key in common, or any when all places are taken. */
  #blocking(keys: ReadonlySet<string>): Promise<unknown> | undefined {
    const flights = [...this.#flights]
    const related = flights.find((flight) => [...keys].some((key) => flight.keys.has(key)))
    if (related !== undefined) return related.done
    return flights.length < this.#options.chunksInFlight ? undefined : Promise.race(flights.map(({ done }) => done))
  }

  async #send(rows: readonly MerchantRow[]): Promise<void> {
    if (this.#failure !== undefined) return
    try {
      this.#options.onOutcomes(await this.#options.send(rows))
    } catch (error) {
      this.#failure ??= { error }
    }
  }

  #rethrow(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }
}

const charactersOf = (row: MerchantRow): number =>
  Object.values(row).reduce<number>((sum, cell) => sum + String(cell).length + 20, 0)

/** Equal for whatever may be the same document or phone; unequal spellings of different things may be equal, too. */
function keysOf({ documentNumber, phone }: MerchantRow): string[] {
  const document = documentNumber.replace(/[^\dA-Za-z]/g, '').replace(/^0+/, '')
  return [`document ${document.toUpperCase()}`, `phone ${phone.replace(/\D/g, '').slice(-8)}`]
}
