import { readFileSync } from 'node:fs'
import { eventsPage } from './event-page.ts'
import { fill } from './markdown.ts'
import { qrAdvice, qrConsumerRules, qrCountries, qrNetworks } from './network-tables.ts'
import { operationsPage } from './operation-pages.ts'
import { problemPages } from './problem-pages.ts'
import { screeningFigures } from './screening-figures.ts'
import {
  documentReasons,
  magicNumbers,
  paymentDiagram,
  paymentRequestDiagram,
  qrCodeDiagram,
  qrRules,
  registrationDiagram,
  reviewReasons,
  tiers,
} from './tables.ts'

/** Tables and diagrams inside pages that people write. */
const PLACES: Readonly<Record<string, Readonly<Record<string, (root: string) => string>>>> = {
  'docs/concepts/qr.md': {
    rules: qrRules,
    'consumer-rules': qrConsumerRules,
    networks: qrNetworks,
    countries: qrCountries,
    advice: qrAdvice,
  },
  'docs/guides/documents.md': { 'document-reasons': documentReasons },
  'docs/guides/review.md': { 'review-reasons': reviewReasons },
  'docs/guides/screening.md': { figures: screeningFigures },
  'docs/concepts/registration.md': { states: registrationDiagram, tiers, 'magic-numbers': magicNumbers },
  'docs/guides/qr-codes.md': { code: qrCodeDiagram },
  'docs/concepts/payments.md': { payment: paymentDiagram, request: paymentRequestDiagram },
}

/** Every page that a script writes or fills, by path from the root of the repository. */
export function generatedPages(root: string): ReadonlyMap<string, string> {
  const filled = Object.entries(PLACES).map(([path, places]): [string, string] => {
    const text = readFileSync(`${root}/${path}`, 'utf8')
    return [path, Object.entries(places).reduce((all, [name, write]) => fill(all, name, write(root)), text)]
  })
  return new Map([
    ...problemPages(),
    ['docs/reference/operations.md', operationsPage()],
    ['docs/reference/events.md', eventsPage()],
    ...filled,
  ])
}
