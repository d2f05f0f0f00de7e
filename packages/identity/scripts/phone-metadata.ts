import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CountryCallingCode, MetadataJson } from 'libphonenumber-js/core'
import whole from 'libphonenumber-js/max/metadata'
import { COUNTRIES } from '../src/countries.ts'

/** The file this script writes. */
export const PHONE_METADATA_FILE = fileURLToPath(new URL('../src/phones/metadata.generated.ts', import.meta.url))

/**
 * Source text of the phone metadata of our countries: the rows of `libphonenumber-js/max` (the complete
 * patterns, which tell mobile from fixed), and nothing of the other 240 countries.
 */
export function phoneMetadataSource(metadata: MetadataJson = whole): string {
  const callingCodes = Object.entries(metadata.country_calling_codes).filter(([, countries]) =>
    countries.some((country) => COUNTRIES.some((ours) => ours === country)),
  )
  const subset = {
    version: metadata.version,
    country_calling_codes: Object.fromEntries(callingCodes) as Record<CountryCallingCode, string[]>,
    countries: Object.fromEntries(COUNTRIES.map((country) => [country, metadata.countries[country]])),
    nonGeographic: {},
  }
  return `// Written by scripts/phone-metadata.ts from libphonenumber-js/max: do not edit.
import type { MetadataJson } from 'libphonenumber-js/core'

export const PHONE_METADATA: MetadataJson = ${JSON.stringify(subset, null, 1)}
`
}

if (import.meta.main) writeFileSync(PHONE_METADATA_FILE, phoneMetadataSource())
