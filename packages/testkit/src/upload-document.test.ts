import { randomBytes } from 'node:crypto'
import { type Documents, Pisto, PistoConnectionError, uploadDocument } from '@pisto/sdk'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { aConsumer } from './builders.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

/** A PDF of many bytes: larger than a part. */
const aFile = (length = 700_000): Uint8Array<ArrayBuffer> => {
  const middle = randomBytes(length >> 1).toString('hex')
  return new TextEncoder().encode(`%PDF-1.7\n% ${middle}\n%%EOF\n`)
}

let ownerId: string
beforeEach(async () => {
  ownerId = (await aConsumer(sandbox.client('GT'))).id
})

/** What becomes of a request for a part: it arrives, it never does, or only its answer is lost. */
type Fate = 'arrives' | 'lost' | 'answerLost'

/** A client whose line breaks as told, part after part. */
function documentsOver(fates: readonly Fate[]): { readonly documents: Documents; readonly sent: number[] } {
  const sent: number[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    if (init?.method !== 'PATCH') return globalThis.fetch(url, init)
    const fate = fates[sent.length] ?? 'arrives'
    sent.push(Number(new URL(String(url)).searchParams.get('offset')))
    if (fate === 'lost') throw new TypeError('fetch failed')
    const answer = await globalThis.fetch(url, init)
    if (fate === 'arrives') return answer
    await answer.body?.cancel()
    throw new TypeError('terminated')
  }
  const apiKey = sandbox.tenant('GT').apiKey
  return { documents: new Pisto({ baseUrl: sandbox.url, apiKey, fetch }).consumers.documents, sent }
}

const PART = 256 * 1024

it('uploads in parts of 256 KiB, tells how far it is, and gives the document', async () => {
  const { documents, sent } = documentsOver([])
  const [file, progress]: [Uint8Array, number[]] = [aFile(), []]
  const facts = { kind: 'proofOfAddress', expiresOn: '2099-12-31' } as const

  const document = await uploadDocument(documents, ownerId, file, facts, { onProgress: (n) => progress.push(n) })

  expect(document).toMatchObject({ kind: 'proofOfAddress', status: 'stored', contentType: 'application/pdf' })
  expect(sent).toEqual([0, PART, 2 * PART])
  expect(progress).toEqual([0, PART, 2 * PART, file.length])
  expect(await documents.view(ownerId, document.id, { actor: 'ana' })).toEqual(file)
})

it.each<[string, Fate[], number[]]>([
  ['a part never arrives', ['arrives', 'lost'], [0, PART, PART, 2 * PART]],
  ['an answer is lost: the part is there and is not sent again', ['answerLost'], [0, PART, 2 * PART]],
  ['both, again and again', ['lost', 'lost', 'answerLost', 'lost', 'answerLost'], [0, 0, 0, PART, PART, 2 * PART]],
])('goes on when %s', async (_what, fates, offsets) => {
  const { documents, sent } = documentsOver(fates)
  const file = aFile()

  const document = await uploadDocument(documents, ownerId, file, { kind: 'selfie' })

  expect(document.status).toBe('stored')
  expect(sent).toEqual(offsets)
  expect(await documents.view(ownerId, document.id, { actor: 'ana' })).toEqual(file)
})

it('gives up when nothing gets through; called again, as after a restart, it goes on with the same upload', async () => {
  const file = new Blob([aFile()])
  const broken = documentsOver(['arrives', ...Array.from({ length: 20 }, () => 'lost' as const)])
  const upload = uploadDocument(broken.documents, ownerId, file, { kind: 'selfie' })
  await expect(upload).rejects.toThrow(PistoConnectionError)

  const whole = documentsOver([])
  const document = await uploadDocument(whole.documents, ownerId, file, { kind: 'selfie' })
  const again = await uploadDocument(whole.documents, ownerId, file, { kind: 'selfie' })

  expect(whole.sent).toEqual([PART, 2 * PART])
  expect(again).toEqual(document)
  expect((await whole.documents.list(ownerId).page()).data).toEqual([document])
})

it('a file that was refused is told with its reason; sent again, it is another upload', async () => {
  const { documents } = documentsOver([])
  const upload = () => uploadDocument(documents, ownerId, new Uint8Array(100), { kind: 'selfie' })
  const refused = { code: 'document_refused', errors: [{ code: 'typeUnsupported' }] }

  await expect(upload()).rejects.toMatchObject(refused)
  await expect(upload()).rejects.toMatchObject(refused)
  const { data } = await documents.list(ownerId).page()
  expect(data.map(({ status }) => status)).toEqual(['refused', 'refused'])
})

it('stops when the caller gives up', async () => {
  const { documents, sent } = documentsOver([])
  const giveUp = new AbortController()
  const onProgress = (receivedBytes: number): void => {
    if (receivedBytes > 0) giveUp.abort(new Error('enough'))
  }

  const upload = uploadDocument(documents, ownerId, aFile(), { kind: 'selfie' }, { onProgress, signal: giveUp.signal })

  await expect(upload).rejects.toThrow('enough')
  expect(sent).toEqual([0])
})
