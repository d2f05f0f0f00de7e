import { type Merchant, type Pisto, PistoApiError } from '@pisto/sdk'
import { BankProblem } from '../http/bank-problem.ts'

/**
 * A merchant of the customer who asks. The bank registers merchants under its customer number (`externalId`); somebody
 * else's is as good as none.
 *
 * @throws {BankProblem} `not_found`
 */
export async function getOwnMerchant(
  pisto: Pick<Pisto, 'merchants'>,
  customerNumber: string,
  merchantId: string,
): Promise<Merchant> {
  const merchant = await findMerchant(pisto, merchantId)
  if (merchant?.externalId !== customerNumber) throw new BankProblem('not_found')
  return merchant
}

async function findMerchant(
  { merchants }: Pick<Pisto, 'merchants'>,
  merchantId: string,
): Promise<Merchant | undefined> {
  try {
    return await merchants.get(merchantId)
  } catch (error) {
    if (error instanceof PistoApiError && error.hasCode('merchant_not_found')) return undefined
    throw error
  }
}
