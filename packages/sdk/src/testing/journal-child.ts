import { Journal } from '../journal/journal.ts'
import { fileStorage } from '../journal/node/file-storage.ts'

/** A process that writes a journal until it is killed: `node journal-child.ts PATH`, a sequence per line. */
const signer = { publicKey: { kty: 'EC', crv: 'P-256', x: '', y: '' }, sign: async () => new Uint8Array(64) } as const
const journal = new Journal({ storage: await fileStorage(process.argv[2] ?? ''), deviceId: 'agd_1', signer })
for (;;) {
  const { sequence } = await journal.add({ kind: 'submitMerchant', subject: crypto.randomUUID() })
  process.stdout.write(`${sequence}\n`)
}
