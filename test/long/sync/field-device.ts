import type { CreateConsumer, CreateMerchant, UpdateConsumer, UpdateMerchant } from '@pisto/sdk'
import {
  Journal,
  type JournalEntry,
  type JournalOptions,
  type JournalStorage,
  type NewOperation,
  stateOf,
} from '@pisto/sdk/journal'
import type { Draws } from '../../seeded.ts'
import { type Network, NoSignal } from './network.ts'

/** The process of the app died. */
class Killed extends Error {
  override readonly name = 'Killed'
}

const DECLARATION = {
  textVersion: '2026-11',
  documentSeen: true,
  consentGiven: true,
  place: { latitude: '15.47', longitude: '-90.37' },
} as const

export type NewPerson =
  | { readonly kind: 'merchant'; readonly form: CreateMerchant }
  | { readonly kind: 'consumer'; readonly form: CreateConsumer }
type Change = UpdateMerchant & UpdateConsumer

/** What an agent knows of somebody whom they have enrolled. */
interface Enrolled {
  readonly subject: string
  readonly kind: NewPerson['kind']
  /** As last written here: the base of the next edit. */
  form: NewPerson['form']
  lastStart: string | undefined
}

/** A device of an agent: a journal on a disk that survives, in an app that is killed at any write. */
export class FieldDevice {
  readonly #options: Omit<JournalOptions, 'storage'>
  readonly #draws: Draws
  readonly #disk = new Map<number, JournalEntry>()
  readonly enrolled: Enrolled[] = []
  /** Ids of entries whose writing was acknowledged. */
  readonly acknowledged: string[] = []
  #journal: Journal
  killCount = 0
  mayBeKilled = true

  constructor(options: Omit<JournalOptions, 'storage'>, draws: Draws) {
    this.#options = options
    this.#draws = draws
    this.#journal = this.#start()
  }

  get entries(): readonly JournalEntry[] {
    return [...this.#disk.values()].sort((a, b) => a.sequence - b.sequence)
  }

  async enrol({ kind, form }: NewPerson): Promise<void> {
    const entry = await this.#add(
      kind === 'merchant'
        ? { kind: 'createMerchant', body: form, attest: DECLARATION }
        : { kind: 'createConsumer', body: form, attest: DECLARATION },
    )
    this.enrolled.push({ subject: entry.subject, kind, form, lastStart: undefined })
  }

  async edit(person: Enrolled, change: Change): Promise<void> {
    const { kind, subject, form } = person
    const base = Object.fromEntries(Object.keys(change).map((name) => [name, form[name as keyof NewPerson['form']]]))
    await this.#add({ kind: kind === 'merchant' ? 'updateMerchant' : 'updateConsumer', subject, body: change, base })
    person.form = { ...form, ...change }
  }

  async startCode({ kind, subject }: Enrolled): Promise<string> {
    const start = kind === 'merchant' ? 'startMerchantPhoneVerification' : 'startConsumerPhoneVerification'
    return (await this.#add({ kind: start, subject })).id
  }
  async confirmCode({ kind, subject }: Enrolled, start: string): Promise<void> {
    const confirm = kind === 'merchant' ? 'confirmMerchantPhoneVerification' : 'confirmConsumerPhoneVerification'
    await this.#add({ kind: confirm, subject, body: { start, code: '000000' } })
  }
  async submit({ kind, subject }: Enrolled): Promise<void> {
    await this.#add({ kind: kind === 'merchant' ? 'submitMerchant' : 'submitConsumer', subject })
  }

  /** Chooses in one conflict of those that are shown. @param freshPhone Where another phone is needed. */
  async choose(freshPhone: () => string): Promise<boolean> {
    const pending = new Set(
      this.entries.filter((entry) => stateOf(entry) === 'waiting').map(({ body }) => body['of'] as string),
    )
    const conflict = this.entries.find((entry) => stateOf(entry) === 'conflict' && !pending.has(entry.id))
    if (conflict?.result?.conflict === undefined || conflict.result.conflict === null) return false
    const { kind, choices } = conflict.result.conflict
    const choice = this.#draws.pick(choices)
    const isWhole = conflict.kind.startsWith('create') || kind === 'closed'
    const known = this.enrolled.find(({ subject }) => subject === conflict.subject)
    const form = isWhole ? known?.form : conflict.body
    const mine = { ...form, ...(kind === 'phoneTaken' && { phone: freshPhone() }) }
    await this.#surviving(() =>
      this.#journal.resolve(conflict.id, {
        choice,
        ...(choice === 'useMine' && { mine, ...(isWhole && { attest: DECLARATION }) }),
      }),
    )
    return true
  }

  /** Sends what waits; without a signal, or killed, the rest stays for later. */
  async send(network: Network): Promise<void> {
    try {
      await this.#journal.send(network)
    } catch (error) {
      if (error instanceof Killed) this.#journal = this.#start()
      else if (!(error instanceof NoSignal)) throw error
    }
  }

  #add(operation: NewOperation): Promise<JournalEntry> {
    return this.#surviving(() => this.#journal.add(operation))
  }

  /** Writes, whatever it takes: after a kill the agent looks whether it is there, and enters it again if not. */
  async #surviving(write: () => Promise<JournalEntry>): Promise<JournalEntry> {
    for (;;) {
      const before = this.#disk.size
      try {
        const entry = await write()
        this.acknowledged.push(entry.id)
        return entry
      } catch (error) {
        if (!(error instanceof Killed)) throw error
        this.#journal = this.#start()
        const written = this.entries.at(-1)
        if (this.#disk.size > before && written !== undefined) return written
      }
    }
  }

  #start(): Journal {
    return new Journal({ ...this.#options, storage: this.#storage() })
  }

  /** The disk, as one life of the app sees it: killed before or after a write is on it. */
  #storage(): JournalStorage {
    const queue = { write: Promise.resolve() as Promise<unknown>, send: Promise.resolve() as Promise<unknown> }
    const dies = (): void => {
      if (!this.mayBeKilled || !this.#draws.oneIn(25)) return
      this.killCount++
      throw new Killed()
    }
    return {
      alone(kind, work) {
        const own = queue[kind].then(work, work)
        queue[kind] = own.catch(() => undefined)
        return own
      },
      read: async () => this.entries,
      about: async (subject) => this.entries.filter((entry) => entry.subject === subject),
      last: async () => Math.max(0, ...this.#disk.keys()),
      write: async (entries) => {
        dies()
        for (const entry of entries) this.#disk.set(entry.sequence, structuredClone(entry))
        dies()
      },
      close: async () => undefined,
    }
  }
}
