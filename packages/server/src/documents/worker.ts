import { toTypeId } from '@pisto/ledger'
import { decideDue } from '../platform/due/decide-due.ts'
import type { DueHandler } from '../platform/due/due.ts'
import { objectName } from './complete.ts'
import { givingDocument } from './given.ts'
import type { DocumentDeps } from './service.ts'
import { type DocumentEvent, nextStatus } from './states.ts'
import { deleteDocuments, deleteParts, findDocumentById, moveDocuments } from './store.ts'

/** Ends uploads that nobody finishes, documents whose last day is over, and those of whoever was erased. */
export const documentDueHandlers = ({
  ledger,
  storage,
  personalData,
  ids,
}: Pick<DocumentDeps, 'ledger' | 'storage' | 'personalData' | 'ids'>): Readonly<Record<string, DueHandler>> => ({
  async 'document.lapse'(item) {
    let isLapsed = false
    await decideDue(ledger, item, async ({ reader }) => {
      const from = await findDocumentById(reader, item.tenantId, item.reference)
      const status = from && nextStatus(from.status, 'lapse')
      if (from === undefined || status === undefined) return SETTLED
      isLapsed = true
      const companions = [moveDocuments.row({ from, to: { ...from, status } }), deleteParts.row(from)]
      return { purpose: 'document.lapsed', companions, answer: null }
    })
    // whoever completed it was perhaps cut short after its bytes were stored
    if (isLapsed) await storage.delete(objectName(item.tenantId, item.reference))
  },

  /** Written when a person is erased, with the document's uuid: SQL writes it. A storage that is away is asked again. */
  async 'document.erase'(item) {
    const id = toTypeId('doc', item.reference)
    await storage.delete(objectName(item.tenantId, id))
    await decideDue(ledger, item, async () => ({
      purpose: 'document.erased',
      companions: [deleteParts.row({ id }), deleteDocuments.row({ id })],
      answer: null,
    }))
  },

  'document.expire': (item) =>
    decideDue(ledger, item, async ({ reader, ledgerTime }) => {
      const from = await findDocumentById(reader, item.tenantId, item.reference)
      const status = from && nextStatus(from.status, 'expire' satisfies DocumentEvent)
      if (from === undefined || status === undefined) return SETTLED
      const to = { ...from, status }
      const taken = await givingDocument({ personalData, ids }, reader, item.tenantId, to, ledgerTime)
      return {
        purpose: 'document.expired',
        references: { documentId: from.id, [`${from.personKind}Id`]: from.registrationId },
        events: [{ type: 'document.expired', objectId: from.id, status }, ...taken.events],
        companions: [moveDocuments.row({ from, to }), ...taken.companions],
        answer: null,
      }
    }),
})

const SETTLED = { purpose: 'document.settled', answer: null } as const
