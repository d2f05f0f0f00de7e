import { open, readFile } from 'node:fs/promises'

/** One who was erased, as it is listed: uuids tell nothing of anybody. */
export interface ErasedPerson {
  /** Uuid. */
  readonly tenant: string
  /** Uuid. */
  readonly person: string
  readonly erasedAt: Date
}

/** Who was erased, kept outside the database: a backup that is older than an erasure must not bring anybody back. */
export interface ErasedList {
  read(): Promise<ErasedPerson[]>
  /** Resolves when it is kept. Again for the same one: nothing is lost. */
  add(persons: readonly ErasedPerson[]): Promise<void>
}

/** For books that do not outlive their process. */
export const noErasedList: ErasedList = { read: async () => [], add: async () => undefined }

/** A file that is only appended to, a line a person: tenant, person, time. Processes of one machine may share it. */
export const erasedListFile = (path: string): ErasedList => ({
  async read() {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    return text.split('\n').flatMap((line) => {
      const [, tenant, person, time] = LINE.exec(line) ?? [] // a line that was cut short by a crash is none
      return tenant && person && time ? [{ tenant, person, erasedAt: new Date(time) }] : []
    })
  },
  async add(persons) {
    if (persons.length === 0) return
    const file = await open(path, 'a', 0o600)
    try {
      await file.write(
        persons.map(({ tenant, person, erasedAt }) => `\n${tenant} ${person} ${erasedAt.toISOString()}\n`).join(''),
      )
      await file.sync()
    } finally {
      await file.close()
    }
  },
})

const LINE = /^([\da-f-]{36}) ([\da-f-]{36}) (\d{4}-\d\d-\d\dT[\d:.]+Z)$/
