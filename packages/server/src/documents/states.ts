import { type DocumentStatus, WrongStatus } from '@pisto/contract'

export type DocumentEvent = 'store' | 'refuse' | 'lapse' | 'expire' | 'accept' | 'reject'

/** Where a document can go; an empty row is terminal. */
const DOCUMENT_MOVES: Readonly<Record<DocumentStatus, Readonly<Partial<Record<DocumentEvent, DocumentStatus>>>>> = {
  uploading: { store: 'stored', refuse: 'refused', lapse: 'lapsed' },
  stored: { expire: 'expired', accept: 'stored', reject: 'rejected' },
  refused: {},
  lapsed: {},
  expired: {},
  rejected: {},
}

/** @returns Undefined: the present status does not allow it. */
export const nextStatus = (from: DocumentStatus, event: DocumentEvent): DocumentStatus | undefined =>
  DOCUMENT_MOVES[from][event]

/** @throws {WrongStatus} the present status does not allow it */
export function requireUploading(status: DocumentStatus): void {
  if (nextStatus(status, 'store') === undefined) throw new WrongStatus('document_wrong_status', { status })
}

/** Is its content kept? One that expired, or was not accepted, still shows what it showed. */
export const hasContent = (status: DocumentStatus): boolean =>
  status === 'stored' || status === 'expired' || status === 'rejected'
