import type { CreateMerchant, Merchant, PhoneVerification, Pisto } from '@pisto/sdk'
import type { BankCustomer, CoreBanking } from '../core-banking/core-banking.ts'
import { BankProblem } from '../http/bank-problem.ts'
import { getOwnMerchant } from '../pisto/own-merchant.ts'
import { intentKey } from '../platform/intent-key.ts'

export interface RegistrationDeps {
  readonly core: Pick<CoreBanking, 'findCustomer'>
  readonly pisto: Pick<Pisto, 'merchants'>
}

/** What the bank does not know of its customer yet. */
export type BusinessForm = Pick<CreateMerchant, 'tradeName' | 'categoryCode' | 'consent'>

export interface Registration {
  readonly merchant: Merchant
  /** The code that was sent to the merchant's phone, if that is what is needed next. */
  readonly verification: PhoneVerification | null
}

/**
 * Registers a customer's business with what the bank knows of the customer already, and sends the code to the phone on
 * record. Called again, it goes on with the registration that is there: a new code, or nothing but how it stands.
 *
 * @param key The app's: a second tap sends no second code.
 * @throws {BankProblem} `customer_not_found`
 * @throws {PistoApiError} `registration_invalid`, `document_duplicate`, `phone_duplicate`, `rate_limited`
 */
export async function registerMerchant(
  { core, pisto }: RegistrationDeps,
  customerNumber: string,
  form: BusinessForm,
  key: string,
): Promise<Registration> {
  const customer = await core.findCustomer(customerNumber)
  if (customer === undefined) throw new BankProblem('customer_not_found')
  const options = { idempotencyKey: intentKey('register merchant', customerNumber, key) }
  const merchant =
    (await findRegistered(pisto, customerNumber)) ??
    (await pisto.merchants.create(merchantFrom(customer, form), options))
  if (!needsPhone(merchant)) return { merchant, verification: null }
  return { merchant, verification: await pisto.merchants.startPhoneVerification(merchant.id, options) }
}

/**
 * Takes the code that the person typed, and submits the registration: within tier 1 the business is active at once.
 * Every part may be repeated, also after a crash between the two.
 *
 * @throws {BankProblem} `not_found`
 * @throws {PistoApiError} `code_mismatch`, `code_expired`, `code_tries_exhausted`, `requirements_missing`
 */
export async function confirmMerchantPhone(
  { pisto }: RegistrationDeps,
  customerNumber: string,
  merchantId: string,
  { verificationId, code }: { readonly verificationId: string; readonly code: string },
): Promise<Merchant> {
  const merchant = await getOwnMerchant(pisto, customerNumber, merchantId)
  if (!isOpen(merchant)) return merchant
  if (needsPhone(merchant)) {
    const options = { idempotencyKey: intentKey('confirm phone', verificationId, code) }
    await pisto.merchants.confirmPhoneVerification(merchantId, verificationId, { code }, options)
  }
  return pisto.merchants.submit(merchantId, { idempotencyKey: intentKey('submit', merchantId, verificationId) })
}

const isOpen = ({ status }: Merchant): boolean => status === 'draft' || status === 'returned'

const needsPhone = (merchant: Merchant): boolean =>
  isOpen(merchant) && merchant.requirements.currentlyDue.includes('phoneVerification')

/** The customer's business, unless it was turned down or given up: then a new one may be tried. */
async function findRegistered(pisto: Pick<Pisto, 'merchants'>, externalId: string): Promise<Merchant | undefined> {
  for await (const merchant of pisto.merchants.list({ externalId })) {
    if (merchant.status !== 'rejected' && merchant.status !== 'closed') return merchant
  }
  return undefined
}

function merchantFrom(customer: BankCustomer, form: BusinessForm): CreateMerchant {
  const { customerNumber, country, phone, givenNames, familyNames, dateOfBirth, document } = customer
  const person = { givenNames, familyNames, dateOfBirth, document }
  return { ...form, country, phone, person, locale: 'es', externalId: customerNumber }
}
