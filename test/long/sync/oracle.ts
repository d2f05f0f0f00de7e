import type { JournalOperation, JournalResult } from '@pisto/sdk'

export type ModelKind = 'merchant' | 'consumer'

/** What the model knows of a merchant or consumer: all that a journal or the office can change. */
export interface ModelPerson {
  readonly id: string
  readonly kind: ModelKind
  status: 'draft' | 'active' | 'closed'
  readonly document: string
  phone: string
  /** Of merchants only. */
  tradeName: string
  categoryCode: string
  locale: string
  isPhoneConfirmed: boolean
  /** Events of this kind that there must be. */
  updates: number
  enrolments: number
}

type Form = Readonly<Record<string, string>> & { readonly person: { readonly document: { readonly number: string } } }

interface Code {
  readonly personId: string
  readonly phone: string
  readonly day: number
  status: 'pending' | 'confirmed' | 'expired'
}

interface Decided {
  readonly operation: JournalOperation
  readonly told: Told
  settledBy?: string
}

/** What a result must say; `objectId` of what is made new is the server's to say. */
export interface Told {
  readonly outcome: JournalResult['outcome']
  readonly code?: string
  readonly conflict?: {
    readonly kind: string
    readonly registrationId: string | null
    readonly choices: readonly string[]
  }
  readonly objectId?: string | 'new'
}

const PREFIX = { merchant: 'mer_', consumer: 'con_' } as const
const EDITABLE = ['tradeName', 'categoryCode', 'phone', 'locale'] as const

/**
 * What the server must be like after the same pages in the same order: a model in memory, written from the guide's
 * rules and not from the server's code.
 */
export class Oracle {
  readonly people = new Map<string, ModelPerson>()
  readonly decided = new Map<string, Decided>()
  readonly #subjects = new Map<string, string>()
  readonly #codes = new Map<string, Code>()
  day = 0

  /** Applies a page, as it arrives. @param results The server's: only ids of new things are taken from them. */
  apply(page: readonly JournalOperation[], results: readonly JournalResult[]): Map<string, Told> {
    const told = new Map<string, Told>()
    const newIds = new Map(results.map(({ id, objectId }) => [id, objectId ?? '']))
    let open = [...page].sort((a, b) => a.sequence - b.sequence)
    for (let before = -1; open.length !== before; ) {
      before = open.length
      open = open.filter((operation) => {
        const known = this.decided.get(operation.id)
        const result = known?.told ?? this.#decide(operation, newIds.get(operation.id) ?? '')
        told.set(operation.id, result)
        return result.outcome === 'waiting'
      })
    }
    return told
  }

  /** @returns The code of the refusal that there must be; undefined: it is written. */
  officeEdits(id: string, change: Readonly<Record<string, string>>): string | undefined {
    const person = this.#get(id)
    if (this.#isTaken(person.kind, change['phone'], id)) return 'phone_duplicate'
    this.#write(person, change)
    return undefined
  }
  officeActivates(id: string): void {
    Object.assign(this.#get(id), { status: 'active', isPhoneConfirmed: true })
    for (const code of this.#codes.values())
      if (code.personId === id && code.status === 'pending') code.status = 'expired'
  }
  officeCloses(id: string): void {
    this.#get(id).status = 'closed'
  }

  #decide(operation: JournalOperation, newId: string): Told {
    const { kind, previous, body } = operation
    if (kind === 'resolveConflict') {
      if (!this.decided.has(String(body['of']))) return { outcome: 'waiting' }
      return this.#keep(operation, this.#resolve(operation, newId))
    }
    const before = previous === null ? undefined : this.decided.get(previous)
    if (previous !== null && before === undefined) return { outcome: 'waiting' }
    if (before?.told.outcome === 'conflict' && before.settledBy === undefined) return { outcome: 'waiting' }
    if (before?.told.outcome === 'refused') {
      return this.#keep(operation, { outcome: 'refused', code: 'sync_previous_refused' })
    }
    return this.#keep(operation, this.#apply(operation, newId))
  }

  #keep(operation: JournalOperation, told: Told): Told {
    this.decided.set(operation.id, { operation, told })
    return told
  }

  #apply(operation: JournalOperation, newId: string): Told {
    const { kind, subject, body } = operation
    if (kind === 'createMerchant' || kind === 'createConsumer') {
      return this.#create(kind === 'createMerchant' ? 'merchant' : 'consumer', subject, body as Form, newId)
    }
    const person = this.#subjectOf(subject)
    if (person === undefined) return { outcome: 'refused', code: 'sync_subject_unknown' }
    const { id, status } = person
    const isOver: Told = {
      outcome: 'conflict',
      conflict:
        status === 'closed'
          ? { kind: 'closed', registrationId: id, choices: ['useMine', 'discard'] }
          : { kind: 'statusChanged', registrationId: id, choices: ['keepTheirs'] },
    }
    switch (kind) {
      case 'confirmMerchantPhoneVerification':
      case 'confirmConsumerPhoneVerification':
        return this.#confirm(person, String(body['start']))
      case 'startMerchantPhoneVerification':
      case 'startConsumerPhoneVerification': {
        if (status !== 'draft') return isOver
        this.#expireCodes(id)
        this.#codes.set(newId, { personId: id, phone: person.phone, day: this.day, status: 'pending' })
        return { outcome: 'done', objectId: 'new' }
      }
      case 'submitMerchant':
      case 'submitConsumer': {
        if (status !== 'draft') return isOver
        if (!person.isPhoneConfirmed) return { outcome: 'refused', code: 'requirements_missing' }
        person.status = 'active'
        return { outcome: 'done', objectId: id }
      }
      default: {
        if (status !== 'draft') return isOver
        const change = body as Readonly<Record<string, string>>
        const base = (operation.base ?? {}) as Readonly<Record<string, string>>
        const isTheirs = EDITABLE.some(
          (name) => name in change && name in base && person[name] !== base[name] && person[name] !== change[name],
        )
        if (isTheirs) {
          const choices = ['keepTheirs', 'useMine']
          return { outcome: 'conflict', conflict: { kind: 'editedMeanwhile', registrationId: id, choices } }
        }
        if (this.#isTaken(person.kind, change['phone'], id)) return PHONE_TAKEN
        this.#write(person, change)
        return { outcome: 'done', objectId: id }
      }
    }
  }

  #create(kind: ModelKind, subject: string, form: Form, newId: string): Told {
    if (this.#subjects.has(subject)) return { outcome: 'refused', code: 'sync_subject_unknown' }
    if (form['phone']?.length !== 12) return { outcome: 'refused', code: 'registration_invalid' }
    const theirs = this.#holder(kind, form)
    if (theirs !== undefined) {
      const choices = ['keepTheirs', ...(theirs.status === 'draft' ? ['useMine'] : []), 'discard']
      return { outcome: 'conflict', conflict: { kind: 'personRegistered', registrationId: theirs.id, choices } }
    }
    if (this.#isTaken(kind, form['phone'])) return PHONE_TAKEN
    this.#register(kind, subject, form, newId)
    return { outcome: 'done', objectId: 'new' }
  }

  #resolve(operation: JournalOperation, newId: string): Told {
    const { of, choice, mine } = operation.body as { of: string; choice: string; mine?: Form }
    const conflict = this.decided.get(of)
    const isOpen = conflict?.told.conflict?.choices.includes(choice) && conflict.settledBy === undefined
    if (conflict === undefined || !isOpen) return { outcome: 'refused', code: 'sync_choice_invalid' }
    const isCreate = conflict.operation.kind.startsWith('create')
    const kind = conflict.operation.kind.includes('Merchant') ? 'merchant' : 'consumer'
    if (choice !== 'useMine') {
      conflict.settledBy = operation.id
      const theirs = conflict.told.conflict?.registrationId ?? ''
      if (choice === 'keepTheirs' && isCreate) this.#subjects.set(operation.subject, theirs)
      return { outcome: 'done', ...(choice === 'keepTheirs' && { objectId: theirs }) }
    }
    const told =
      isCreate || conflict.told.conflict?.kind === 'closed'
        ? this.#upsert(kind, operation.subject, mine as Form, newId)
        : this.#overwrite(this.#subjectOf(operation.subject), mine as Form)
    if (told.outcome === 'done') conflict.settledBy = operation.id
    return told
  }

  /** A whole form: written over the draft that there is of this person, else a new registration. */
  #upsert(kind: ModelKind, subject: string, form: Form, newId: string): Told {
    const theirs = this.#holder(kind, form)
    if (theirs !== undefined) {
      const told = this.#overwrite(theirs, form)
      if (told.outcome === 'done') {
        theirs.enrolments++
        this.#subjects.set(subject, theirs.id)
      }
      return told
    }
    if (this.#isTaken(kind, form['phone'])) return { outcome: 'refused', code: 'phone_duplicate' }
    this.#register(kind, subject, form, newId)
    return { outcome: 'done', objectId: 'new' }
  }

  #overwrite(person: ModelPerson | undefined, change: Readonly<Record<string, unknown>>): Told {
    if (person?.status !== 'draft') return { outcome: 'refused', code: `${person?.kind ?? 'merchant'}_wrong_status` }
    if (this.#isTaken(person.kind, change['phone'], person.id)) return { outcome: 'refused', code: 'phone_duplicate' }
    this.#write(person, change)
    return { outcome: 'done', objectId: person.id }
  }

  #register(kind: ModelKind, subject: string, form: Form, id: string): void {
    if (this.people.has(id) || !id.startsWith(PREFIX[kind])) throw new Error(`${id} is no id of a new ${kind}`)
    this.#subjects.set(subject, id)
    this.people.set(id, {
      ...{ id, kind, status: 'draft', document: form.person.document.number, isPhoneConfirmed: false },
      ...{ phone: form['phone'] ?? '', tradeName: form['tradeName'] ?? '', categoryCode: form['categoryCode'] ?? '' },
      ...{ locale: form['locale'] ?? '', updates: 0, enrolments: 1 },
    })
  }

  #write(person: ModelPerson, change: Readonly<Record<string, unknown>>): void {
    if (change['phone'] !== undefined && change['phone'] !== person.phone) {
      person.isPhoneConfirmed = false
      this.#expireCodes(person.id)
    }
    for (const name of EDITABLE) if (change[name] !== undefined) person[name] = String(change[name])
    person.updates++
  }

  #confirm(person: ModelPerson, start: string): Told {
    const code = this.#codes.get(this.#objectOf(start))
    const refused = (problem: string): Told => ({ outcome: 'refused', code: problem })
    if (code?.personId !== person.id) return refused('phone_verification_not_found')
    if (code.phone !== person.phone) return refused('code_expired')
    if (code.status === 'confirmed') return refused('phone_verification_wrong_status')
    if (code.status === 'expired' || code.day !== this.day) return refused('code_expired')
    code.status = 'confirmed'
    person.isPhoneConfirmed = true
    return { outcome: 'done', objectId: this.#objectOf(start) }
  }

  /** The verification that a start made: its id is the server's. */
  readonly #objects = new Map<string, string>()
  #objectOf(start: string): string {
    return this.#objects.get(start) ?? ''
  }
  /** Tells the model the id of what an operation made. */
  learn(operationId: string, objectId: string | null): void {
    if (objectId !== null) this.#objects.set(operationId, objectId)
  }

  #expireCodes(personId: string): void {
    for (const code of this.#codes.values()) {
      if (code.personId === personId && code.status === 'pending') code.status = 'expired'
    }
  }

  #subjectOf(subject: string): ModelPerson | undefined {
    return this.people.get(this.#subjects.get(subject) ?? subject)
  }
  #holder(kind: ModelKind, form: Form): ModelPerson | undefined {
    const { number } = form.person.document
    return [...this.people.values()].find(
      (each) => each.kind === kind && each.document === number && each.status !== 'closed',
    )
  }
  #isTaken(kind: ModelKind, phone: unknown, but = ''): boolean {
    return [...this.people.values()].some(
      (each) => each.kind === kind && each.phone === phone && each.status !== 'closed' && each.id !== but,
    )
  }
  #get(id: string): ModelPerson {
    const person = this.people.get(id)
    if (person === undefined) throw new Error(`the model knows no ${id}`)
    return person
  }
}

const PHONE_TAKEN: Told = {
  outcome: 'conflict',
  conflict: { kind: 'phoneTaken', registrationId: null, choices: ['useMine', 'discard'] },
}
