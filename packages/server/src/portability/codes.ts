import { cancelRequest } from '../payment-requests/moves.ts'
import { findPaymentRequest, listPaymentRequests } from '../payment-requests/store.ts'
import { commitText } from '../platform/committed-text.ts'
import { scheduleDue } from '../platform/due/due.ts'
import { mustStep } from '../platform/due/step.ts'
import { moneyOf } from '../platform/minor.ts'
import { revokeCode } from '../qr-codes/moves.ts'
import { type QrCode, reasonTextOf, textOf } from '../qr-codes/qr-code.ts'
import { termsOf } from '../qr-codes/service.ts'
import { findQrCode, insertQrCodes, listQrCodes } from '../qr-codes/store.ts'
import type { PortDeps } from './service.ts'

const PAGE = 100

/** A merchant at one of its tenants. */
export interface PlacedMerchant {
  readonly tenantId: string
  readonly merchantId: string
}

/** Active codes of a merchant, page by page. */
async function* activeCodes({ db, clock }: PortDeps, { tenantId, merchantId }: PlacedMerchant): AsyncGenerator<QrCode> {
  for (let before: string | undefined; ; ) {
    const filter = { merchantId, status: 'active', time: clock.now(), before, limit: PAGE } as const
    const page = await listQrCodes(db, tenantId, filter)
    yield* page
    before = page.at(-1)?.id
    if (page.length < PAGE) return
  }
}

/**
 * The printed codes go along: each is a code of the new tenant from now on, under its id and as it was printed, so that
 * its terms go on holding and it can be withdrawn there. The old tenant makes no more of them: the merchant is closed.
 */
export async function carryCodes(deps: PortDeps, from: PlacedMerchant, to: PlacedMerchant): Promise<void> {
  for await (const code of activeCodes(deps, from)) {
    if (!code.isOneShot) await carryCode(deps, code, to)
  }
}

const carryCode = (deps: PortDeps, printed: QrCode, { tenantId, merchantId }: PlacedMerchant): Promise<null> =>
  mustStep<null>(
    deps.ledger,
    tenantId,
    { operation: 'port.carryCode', key: `${merchantId} ${printed.id}` },
    async ({ reader, ledgerTime }) => {
      const isOver = printed.expiresAt !== null && ledgerTime >= printed.expiresAt
      // whoever comes back has it here already
      if (isOver || (await findQrCode(reader, tenantId, printed.id))) return { purpose: 'port.settled', answer: null }
      const { salt, commitments } = commitText(deps.random, textOf(printed))
      const code: QrCode = { ...printed, merchantId, salt, supersedes: null, supersededBy: null, createdAt: ledgerTime }
      const { id, amountMinor, currency, tip, expiresAt } = code
      return {
        purpose: 'qrCode.created',
        references: termsOf(code, {
          ...(amountMinor !== null && { amount: moneyOf(amountMinor, currency) }),
          ...(tip !== null && { tip }),
        }),
        events: [{ type: 'qrCode.created', objectId: id, status: code.status }],
        commitments,
        companions: [
          insertQrCodes.row(code),
          ...(expiresAt ? [scheduleDue.row({ kind: 'qrCode.expire', reference: id, dueAt: expiresAt })] : []),
        ],
        answer: null,
      }
    },
  )

/** What could be paid once is over at the old tenant: open requests are cancelled, one-shot codes withdrawn. */
export async function tidyUp(deps: PortDeps, { tenantId, merchantId }: PlacedMerchant): Promise<void> {
  for (;;) {
    const filter = { merchantId, status: 'open', time: deps.clock.now(), limit: PAGE } as const
    const open = await listPaymentRequests(deps.db, tenantId, filter)
    for (const { id } of open) await cancel(deps, tenantId, id)
    if (open.length < PAGE) break
  }
  for await (const code of activeCodes(deps, { tenantId, merchantId })) {
    if (code.isOneShot) await revoke(deps, tenantId, code.id)
  }
}

const cancel = ({ ledger }: PortDeps, tenantId: string, id: string): Promise<null> =>
  mustStep<null>(ledger, tenantId, { operation: 'port.cancelRequest', key: id }, async ({ reader, ledgerTime }) => {
    const request = await findPaymentRequest(reader, tenantId, id)
    if (request?.status !== 'open') return { purpose: 'port.settled', answer: null }
    const { companions, events } = cancelRequest({ ...request }, ledgerTime)
    const references = { paymentRequestId: id, merchantId: request.merchantId }
    return { purpose: 'paymentRequest.cancelled', references, events, companions, answer: null }
  })

const revoke = ({ ledger, random }: PortDeps, tenantId: string, id: string): Promise<null> =>
  mustStep<null>(ledger, tenantId, { operation: 'port.revokeCode', key: id }, async ({ reader, ledgerTime }) => {
    const code = await findQrCode(reader, tenantId, id)
    if (code?.status !== 'active') return { purpose: 'port.settled', answer: null }
    const revokedReason = 'ported'
    const { salt, commitments } = commitText(random, reasonTextOf({ revokedReason }))
    const { companions, events } = revokeCode(code, { revokedReason, reasonSalt: salt }, ledgerTime)
    const references = { qrCodeId: id, merchantId: code.merchantId }
    return { purpose: 'qrCode.revoked', references, events, commitments, companions, answer: null }
  })
