import { type CreateQrCode, type FieldError, PistoProblem, type QrAdditionalData } from '@pisto/contract'
import { type GuidOption, InvalidCode } from '@pisto/qr'
import { explain } from '@pisto/qr/doctor'
import { type CodeContent, signedCode } from '../payment-requests/code.ts'
import type { Payee } from '../registrations/payees.ts'
import type { SigningKey } from '../tenants/keys.ts'
import type { TenantProfile } from '../tenants/profile.ts'
import { tipFields } from './tip.ts'

/** Sub-objects of 62, by their names in the API. */
const OBJECTS: Readonly<Record<keyof QrAdditionalData, string>> = {
  billNumber: '01',
  mobileNumber: '02',
  storeLabel: '03',
  loyaltyNumber: '04',
  customerLabel: '06',
  terminalLabel: '07',
  purpose: '08',
}

/** What the code is to say, with its own id. */
export interface Wanted extends Pick<CreateQrCode, 'amount' | 'tip' | 'additionalData' | 'oneShot'> {
  /** `qrc_…` */
  readonly id: string
  readonly expiresAt: Date | null
}

/**
 * Writes and signs a code that a merchant keeps. It carries its own id, so that it is known when it is scanned.
 *
 * @returns The payload, or why it cannot be written. Given, not thrown: nothing is refused before its key was looked up.
 */
export async function writeQrCode(
  tenant: Pick<TenantProfile, 'code' | 'country' | 'currency'>,
  payee: Payee,
  key: SigningKey,
  { id, amount, tip, additionalData = {}, oneShot = false, expiresAt }: Wanted,
  network: GuidOption = {},
): Promise<string | PistoProblem> {
  const data = Object.entries(additionalData).map(([name, text]) => [OBJECTS[name as keyof QrAdditionalData], text])
  try {
    const content: CodeContent = {
      ids: { codeId: id.slice('qrc_'.length) },
      isForOne: oneShot,
      fields: {
        ...(amount && { amount: amount.amount }),
        ...tipFields(tip),
        ...(data.length > 0 && { additionalData: Object.fromEntries(data) }),
      },
      expiresAt: expiresAt ?? undefined,
    }
    return await signedCode(tenant, payee, key, content, network)
  } catch (error) {
    if (!(error instanceof InvalidCode)) throw error
    return new PistoProblem('request_invalid', {}, { errors: error.findings.map(explain).map(errorOf) })
  }
}

/** Fields of the request, by the objects that they become. */
const POINTERS: Readonly<Record<string, string>> = {
  '54': '/amount',
  '56': '/tip/amount',
  '57': '/tip/percent',
  '62': '/additionalData',
}

function errorOf({ path, code, message, messageEs }: ReturnType<typeof explain>): FieldError {
  const [object = '', part] = path.split('.')
  const name = Object.entries(OBJECTS).find(([, id]) => object === '62' && id === part)?.[0]
  const pointer = POINTERS[object] ?? ''
  return { pointer: name === undefined ? pointer : `${pointer}/${name}`, code, message, messageEs }
}
