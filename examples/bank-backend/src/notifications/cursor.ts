import { readFile } from 'node:fs/promises'
import { replaceFile } from '../platform/durable-file.ts'

/** Up to which event everything was dealt with. */
export interface EventCursor {
  /** `sequence.index` of an event. */
  read(): Promise<string>
  write(place: string): Promise<void>
}

/** Before the first event of all. */
const BEGINNING = '0.0'

/** Lasts as long as the process. */
export function memoryCursor(place = BEGINNING): EventCursor {
  let last = place
  return {
    read: async () => last,
    async write(next) {
      last = next
    },
  }
}

/** Survives restarts and power cuts. @throws {Error} the file holds something else */
export const fileCursor = (path: string): EventCursor => ({
  async read() {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return BEGINNING
      throw error
    })
    if (!/^\d+\.\d+$/.test(text)) throw new Error(`${path} does not hold the place of an event`)
    return text
  },
  write: (place) => replaceFile(path, place),
})
