import type { Sourced } from './country-profiles.ts'
import type { MerchantFields } from './fields.ts'

/** A payment network of the region, as its codes show it. */
export interface Network extends Sourced {
  /** The GUID in lower case, or its beginning where the network appends to it. */
  readonly guid: string
  readonly match: 'exact' | 'prefix'
  readonly name: string
  /** ISO 3166-1 alpha-2; empty for a network of several countries. */
  readonly country: string
  /** Root objects in which its account was seen. */
  readonly objects?: readonly string[]
  /** What its codes cannot do without, beside what every code needs: paths of objects. */
  readonly requires?: readonly string[]
  /** ISO 4217 number of the one currency that it pays in. */
  readonly currency?: string
}

/** Known networks by GUID. Data, not rules: a code of an unknown network is as good. */
export const NETWORKS: readonly Network[] = [
  {
    guid: 'br.gov.bcb.pix',
    match: 'exact',
    name: 'Pix',
    country: 'BR',
    requires: ['62.05'],
    currency: '986',
    source:
      'bacen/pix-api openapi.yaml, examples of `pixCopiaECola`; what is required and the currency: examples of the ' +
      'Manual de Padrões para Iniciação do Pix, sections 6.1 and 6.2, as gist matheusb-comp/1efa205b gives them',
    verified: false,
  },
  {
    guid: 'co.com.rbm.lla',
    match: 'exact',
    name: 'Bre-B key (Redeban)',
    country: 'CO',
    objects: ['26'],
    source: 'fgardila/qr-decoder-emv-co-kmp README, on the fields of EASPBV v1.4-2025',
    verified: false,
  },
  {
    guid: 'co.com.',
    match: 'prefix',
    name: 'EASPBV Colombia (Redeban, CredibanCo)',
    country: 'CO',
    source: 'codes of Redeban (CO.COM.RBM) and CredibanCo (CO.COM.CRB) in miguelfercamargo/emvco-qr-sdk tests',
    verified: false,
  },
  {
    guid: 'com.mercadolibre',
    match: 'exact',
    name: 'Mercado Pago',
    country: '',
    objects: ['43'],
    source: 'Mercado Pago developer documentation, in-person QR payments (AR, CO, MX, PE)',
    verified: true,
  },
  {
    guid: 'coop.sipago',
    match: 'exact',
    name: 'SIPAGO',
    country: 'AR',
    source: 'promani/emvqr emv.spec.ts',
    verified: false,
  },
  {
    guid: 'f18e35602c8711eebc22f5d44002209b',
    match: 'exact',
    name: 'Guatemalan wallet network (UUID as GUID)',
    country: 'GT',
    objects: ['29'],
    source: 'steplix/emvqr, test "CRC less than 1000": a real code of Guatemala City',
    verified: false,
  },
  {
    guid: 'org.pisto',
    match: 'exact',
    name: 'Pisto',
    country: '',
    source: 'pisto-template.ts',
    verified: true,
  },
]

/** A network found in a code, and the object of its account. */
export interface NetworkInCode {
  readonly object: string
  readonly network: Network
}

/**
 * Which known networks a code can be paid through.
 *
 * @example
 * networksOf(parse(pix).fields)[0]?.network.name // 'Pix'
 */
export function networksOf({
  merchantAccounts = {},
}: Pick<Partial<MerchantFields>, 'merchantAccounts'>): NetworkInCode[] {
  return Object.entries(merchantAccounts).flatMap(([object, account]) => {
    const guid = typeof account === 'string' ? undefined : account['00']?.toLowerCase()
    if (guid === undefined) return []
    const network = NETWORKS.find(({ guid: known, match }) =>
      match === 'exact' ? guid === known : guid.startsWith(known),
    )
    return network === undefined ? [] : [{ object, network }]
  })
}
