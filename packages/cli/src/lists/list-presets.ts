import type { CreateScreeningList } from '@pisto/contract'
import type { ListFormat } from '@pisto/server/screening-lists'

/** What a list is called and what follows from it, unless the command says otherwise. */
export type ListPreset = Pick<CreateScreeningList, 'name' | 'consequence' | 'legalBasis' | 'source'>

const OFAC: ListPreset = {
  name: 'ofac-sdn',
  consequence: 'block',
  legalBasis: 'United States: 31 CFR chapter V; binds US persons and whoever pays in dollars through them',
  source: 'https://sanctionslistservice.ofac.treas.gov',
}
const OPENSANCTIONS: ListPreset = {
  name: 'opensanctions',
  consequence: 'review',
  legalBasis: 'None of its own: it gathers lists of many laws',
  source: 'https://www.opensanctions.org',
}

/** By format. What binds a bank is its lawyers' business: they say so by `--consequence` and `--legal-basis`. */
export const LIST_PRESETS: Readonly<Record<ListFormat, ListPreset>> = {
  'ofac-xml': OFAC,
  'ofac-csv': OFAC,
  'un-xml': {
    name: 'un-consolidated',
    consequence: 'block',
    legalBasis: 'Charter of the United Nations, chapter VII: resolutions of the Security Council bind all members',
    source: 'https://scsanctions.un.org/resources/xml/en/consolidated.xml',
  },
  'eu-csv': {
    name: 'eu-consolidated',
    consequence: 'review',
    legalBasis: 'European Union: article 215 TFEU; binds whoever does business there',
    source: 'https://webgate.ec.europa.eu/fsd/fsf',
  },
  'opensanctions-csv': OPENSANCTIONS,
  'opensanctions-jsonl': OPENSANCTIONS,
  csv: {
    name: 'own-list',
    consequence: 'review',
    legalBasis: 'The institution’s own policy',
    source: 'Kept by the institution',
  },
}
