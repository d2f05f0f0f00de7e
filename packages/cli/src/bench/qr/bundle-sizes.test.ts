import { expect, it } from 'vitest'
import { measureBundles } from './bundle-sizes.ts'

/** @see docs/concepts/qr.md */
it('codec and receipt verifier fit into 6 and 15 kB gzipped with all that they import, nothing of it Node’s', async () => {
  const { codecGz, verifierGz } = await measureBundles()

  expect(codecGz).toBeLessThanOrEqual(6_000)
  expect(verifierGz).toBeLessThanOrEqual(15_000)
  expect(Math.min(codecGz, verifierGz)).toBeGreaterThan(1_000) // something was weighed
})
