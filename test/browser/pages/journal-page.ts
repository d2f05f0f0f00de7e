import { indexedDbStorage, Journal } from '@pisto/sdk/journal'
import type { FieldPage } from '../field-page.ts'

const storage = indexedDbStorage('field')
const signer = await storage.signer()
const journal = new Journal({ storage, deviceId: 'agd_01kb2xbfmze3mv9d0fq0n5x3ck', signer })
const person = {
  givenNames: 'Rosa',
  familyNames: 'Umaña',
  dateOfBirth: '1990-02-28',
  document: { type: 'DPI', number: '2345678990101' },
} as const
const body = {
  country: 'GT',
  ...{ tradeName: 'Tortillería Ñandú', categoryCode: '5462', phone: '+50251234567', person },
  consent: { version: '2026-11', acceptedAt: '2026-11-01T15:00:00.000Z' },
} as const
const attest = { textVersion: '2026-11', documentSeen: true, consentGiven: true } as const

const page: FieldPage = {
  async enrol(count) {
    const written = Array.from({ length: count }, () => journal.add({ kind: 'createMerchant', body, attest }))
    return (await Promise.all(written)).map(({ sequence }) => sequence)
  },
  async send() {
    const arrived: string[] = []
    await journal.send({
      sync: {
        async send({ operations }) {
          arrived.push(...operations.map(({ id }) => id))
          await new Promise((resolve) => setTimeout(resolve, 50))
          const decided = {
            outcome: 'done',
            objectId: 'mer_1',
            problem: null,
            conflict: null,
            waitingFor: null,
          } as const
          return { results: operations.map(({ id }) => ({ id, ...decided })) }
        },
      },
    })
    return arrived
  },
  counts: () => journal.counts(),
  entries: () => journal.entries(),
  publicKey: async () => JSON.stringify(signer.publicKey),
}
Object.assign(globalThis, { field: page })
