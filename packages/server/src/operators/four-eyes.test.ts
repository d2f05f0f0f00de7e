import { expect, it } from 'vitest'
import type { KindName } from '../registrations/kinds.ts'
import type { RegistryFinding } from '../registrations/registration.ts'
import { operatorsNeeded } from './four-eyes.ts'

const FINDINGS = [null, 'documentMismatch', 'documentImageNeeded', 'possibleMatch'] as const

it.each(
  (['merchant', 'consumer'] as const).flatMap((kind) =>
    [0, 1, 2, 3].flatMap((tier) => FINDINGS.map((finding) => [kind, tier, finding] as const)),
  ),
)('a %s for tier %i with finding %s', (kind: KindName, tier: number, finding: RegistryFinding | null) => {
  const isHigh = kind === 'merchant' && tier > 1

  expect(operatorsNeeded({ kind, finding }, tier)).toBe(finding === 'possibleMatch' || isHigh ? 2 : 1)
})
