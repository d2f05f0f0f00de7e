import { type Money, type ParsedQr, PistoProblem, type QrTip, type ResolvedQr } from '@pisto/contract'
import type { Queryable } from '@pisto/ledger'
import type { MerchantFields, PistoTemplate } from '@pisto/qr'
import { type CodeObject, type ExplainedFinding, reportOn } from '@pisto/qr/doctor'
import { requireCodesRequest } from '../payment-requests/code-request.ts'
import { statusAt } from '../payment-requests/payment-request.ts'
import type { Call } from '../platform/http/call.ts'
import { minorOf, moneyOf } from '../platform/minor.ts'
import type { Runtime } from '../platform/runtime/runtime.ts'
import { requireActive } from '../qr-codes/moves.ts'
import { requireScannedCode } from '../qr-codes/scanned-code.ts'
import { onTopOf } from '../qr-codes/tip.ts'
import { findPayeeByAlias, requirePayee } from '../registrations/payees.ts'
import { type ReadCode, readCode } from './read-code.ts'

export type QrDeps = Pick<Runtime, 'db' | 'clock' | 'systemClock' | 'keys' | 'qrGuid'>

/** Says what is wrong with a code, and what it says if it can be read. */
export function parseQr(payload: string): ParsedQr {
  const { ok, kind, fields, objects, findings } = reportOn(payload)
  return {
    ok,
    kind,
    fields: ok ? { ...fields } : null,
    findings: findings.map(told),
    objects: objects.map(shownObject),
  }
}

function told(finding: ExplainedFinding): ParsedQr['findings'][number] {
  const { code, rule, path, offset, severity, message, hint, messageEs, hintEs } = finding
  return { code, rule, path, offset, severity, message, hint, messageEs, hintEs }
}

const shownObject = ({ path, name, value, offset }: CodeObject): ParsedQr['objects'][number] => {
  return { path, name: name ?? null, value, offset }
}

/**
 * What a payer should see before paying. The name of a payee of this tenant comes from its registration, not from
 * the code.
 *
 * @throws {PistoProblem} `qr_invalid`, `qr_signature_missing`, `qr_signature_invalid`, `payee_not_found`, `payee_moved`
 * @throws {NotFound} `payment_request_not_found`, `qr_code_not_found`
 * @throws {WrongStatus} `qr_code_used`, `qr_code_expired`, `qr_code_revoked`
 */
export async function resolveQr(
  deps: QrDeps,
  { tenant, livemode }: Pick<Call, 'tenant' | 'livemode'>,
  payload: string,
): Promise<ResolvedQr> {
  const code = await readCode({ ...deps, livemode }, payload, '/payload')
  if (code instanceof PistoProblem) throw code
  if (code.signature === 'unsigned') return { ...showFields(code), signature: 'unsigned' }
  const { template } = code
  if (!(await isPaidHere(deps.db, tenant, template))) return showNeighbour(code, template)
  return showOwn(deps, tenant.id, code, template)
}

/** Whose code it is, or whoever it pays has moved here with it: an alias is one merchant's, wherever that is. */
export const isPaidHere = async (
  reader: Queryable,
  tenant: Pick<Call['tenant'], 'id' | 'code'>,
  { tenantCode, alias }: PistoTemplate,
): Promise<boolean> => tenantCode === tenant.code || (await findPayeeByAlias(reader, tenant.id, alias)) !== undefined

async function showOwn(
  { db, clock }: QrDeps,
  tenantId: string,
  { fields, amount }: ReadCode,
  template: PistoTemplate,
): Promise<ResolvedQr> {
  const payee = await requirePayee(db, tenantId, template.alias)
  const request = await requireCodesRequest(db, tenantId, { payee, template, amount })
  const isOpen = request === undefined || statusAt(request, clock.now()) === 'open'
  const scanned = await requireScannedCode(db, tenantId, { payee, template, amount })
  if (scanned) requireActive(scanned, clock.now())
  return {
    payee: {
      name: payee.tradeName,
      alias: payee.alias,
      city: payee.city ?? cityOf(fields),
      country: fields.country,
      categoryCode: payee.categoryCode,
      verified: true,
    },
    signature: 'valid',
    payable: payee.acceptPayments && isOpen,
    amount,
    paymentRequestId: request?.id ?? null,
    qrCodeId: scanned?.id ?? null,
    ...costOf(amount, scanned?.tip ?? null),
  }
}

/** A fixed fee is known before the amount is; a tip is up to the payer, and on top of the total. */
function costOf(amount: Money | null, tip: QrTip | null): Pick<ResolvedQr, 'tip' | 'fee' | 'total'> {
  const fixed = tip?.kind === 'fixed' ? tip.amount : null
  if (amount === null) return { tip, fee: fixed, total: null }
  const feeMinor = onTopOf(minorOf(amount), tip, 0n)
  const total = moneyOf(minorOf(amount) + feeMinor, amount.currency)
  return { tip, fee: tip === null || tip.kind === 'prompt' ? null : moneyOf(feeMinor, amount.currency), total }
}

/** Another tenant vouches for this payee; between tenants nothing can be paid yet. */
function showNeighbour(code: ReadCode, { alias }: PistoTemplate): ResolvedQr {
  const shown = showFields(code)
  return { ...shown, payee: { ...shown.payee, alias, verified: true }, signature: 'valid' }
}

function showFields({ fields, amount }: ReadCode): Omit<ResolvedQr, 'signature'> {
  return {
    payee: {
      name: fields.language?.['01'] ?? fields.merchantName ?? '',
      alias: null,
      city: cityOf(fields),
      country: fields.country,
      categoryCode: fields.mcc ?? null,
      verified: false,
    },
    payable: false,
    amount: amount !== null && isPositive(amount.amount) ? amount : null,
    paymentRequestId: null,
    qrCodeId: null,
    tip: null,
    fee: null,
    total: null,
  }
}

const cityOf = ({ language, merchantCity }: MerchantFields): string | null => language?.['02'] ?? merchantCity ?? null

const isPositive = (amount: string): boolean => /[1-9]/.test(amount)
