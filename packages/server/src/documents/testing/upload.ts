import { createHash } from 'node:crypto'
import type { CreateDocument, UploadedDocument } from '@pisto/contract'
import type { TenantProfile } from '../../tenants/profile.ts'
import { aCall } from '../../testing/test-world.ts'
import { merchantDocumentHandlers } from '../handlers.ts'
import type { VerdictDeps } from '../verdict.ts'

/** Uploads a file of a merchant in one part. @param about As the request has it; left out: the front of a card. */
export async function uploadFor(
  deps: VerdictDeps,
  tenant: TenantProfile,
  merchantId: string,
  file: Uint8Array,
  about: Partial<CreateDocument> = {},
): Promise<UploadedDocument> {
  const documents = merchantDocumentHandlers(deps)
  const sha256 = createHash('sha256').update(file).digest('hex')
  const body = { kind: 'identityFront', byteLength: file.length, sha256, ...about } as const
  const { id: documentId } = await documents.createMerchantDocument(
    { merchantId, body },
    aCall(tenant, 'createMerchantDocument'),
  )
  const part = { merchantId, documentId, query: { offset: 0 }, body: file }
  await documents.addMerchantDocumentPart(part, aCall(tenant, 'addMerchantDocumentPart'))
  return documents.completeMerchantDocument({ merchantId, documentId }, aCall(tenant, 'completeMerchantDocument'))
}
