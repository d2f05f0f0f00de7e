import type { CountryCode, Merchant } from '@pisto/contract'
import { municipalityOf } from '@pisto/identity/places'
import { type Dossier, EMPTY_DOSSIER } from '../registrations/dossier.ts'
import type { Kind } from '../registrations/kinds.ts'
import { showCapability, showCommon } from '../registrations/show.ts'

/** A micro-business that takes payments, as a kind of registration. */
export const MERCHANT: Kind<Merchant> = {
  name: 'merchant',
  prefix: 'mer',
  walletPurpose: 'merchantWallet',
  notFound: 'merchant_not_found',
  wrongStatus: 'merchant_wrong_status',
  created: 'merchant.created',
  activated: 'merchant.activated',
  show(registration, seen) {
    const { id, business, country, erasure } = registration
    const dossier = erasure === null ? registration.dossier : EMPTY_DOSSIER
    if (business === null) throw new Error(`merchant ${id} has no business`)
    return {
      ...showCommon(registration, seen),
      tradeName: business.tradeName,
      categoryCode: business.categoryCode,
      place: business.municipality === null ? null : showPlace(country, business.municipality, dossier),
      taxId: dossier.taxId,
      businessRegistration: dossier.businessRegistration,
      beneficialOwners: [...dossier.beneficialOwners],
      capabilities: {
        acceptPayments: showCapability(registration, 'acceptPayments', seen),
        holdBalance: showCapability(registration, 'holdBalance', seen),
        payout: showCapability(registration, 'payout', seen),
      },
    }
  },
}

function showPlace(country: CountryCode, code: string, { address, point }: Dossier): NonNullable<Merchant['place']> {
  const municipality = municipalityOf(country, code)
  if (municipality === undefined) throw new Error(`${country} has no municipality ${code}`)
  const { name, department } = municipality
  return { municipality: code, municipalityName: name, departmentName: department.name, address, point }
}
