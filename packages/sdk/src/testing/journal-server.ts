import type { JournalOperation, JournalResult, SyncRequest } from '@pisto/contract'
import type { JournalClient } from '../journal/journal.ts'

/** A server that decides as it is told, remembers, and can be unreachable. */
export interface JournalServer extends JournalClient {
  /** Every page that arrived. */
  readonly pages: readonly SyncRequest[]
  /** Every operation that was decided, in order: each once. */
  readonly applied: readonly JournalOperation[]
}

type Decide = (operation: JournalOperation) => Partial<JournalResult>

/**
 * @param decide What comes of an operation; default: done.
 * @param fault Called with the number of the page, before and after it is applied: throws as a network would.
 */
export function journalServer(
  decide: Decide = () => ({}),
  fault: (page: number, when: 'before' | 'after') => void = () => undefined,
): JournalServer {
  const pages: SyncRequest[] = []
  const applied: JournalOperation[] = []
  const results = new Map<string, JournalResult>()
  return {
    pages,
    applied,
    sync: {
      async send(page) {
        pages.push(structuredClone(page))
        const { length } = pages
        fault(length, 'before')
        const answers = page.operations.map((operation) => {
          const known = results.get(operation.id)
          if (known) return known
          const result: JournalResult = {
            ...{
              id: operation.id,
              outcome: 'done',
              objectId: 'mer_1',
              problem: null,
              conflict: null,
              waitingFor: null,
            },
            ...decide(operation),
          }
          if (result.outcome !== 'waiting') {
            results.set(operation.id, result)
            applied.push(operation)
          }
          return result
        })
        fault(length, 'after')
        return { results: answers }
      },
    },
  }
}
