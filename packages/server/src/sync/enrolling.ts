import type { Attestation, JournalOperation } from '@pisto/contract'
import { verifyAttestation } from '../agents/attestation.ts'
import { type Enrolment, insertEnrolments, textOfEnrolment } from '../agents/enrolments.ts'
import { commitText } from '../platform/committed-text.ts'
import type { KindName } from '../registrations/kinds.ts'
import type { Journal, SyncDeps } from './journal.ts'
import type { JournalExtras } from './journal-ledger.ts'

/** An attestation that was checked, and the operation that it came with. */
export interface Evidence {
  readonly attestation: Attestation
  readonly jws: string
  readonly operationId: string
}

/** @throws {PistoProblem} `attestation_invalid` */
export async function evidenceFor(
  { validate }: SyncDeps,
  { device }: Journal,
  { id, kind, subject, body, attestation: jws }: JournalOperation,
): Promise<Evidence> {
  const attested = { id, deviceId: device.id, kind, subject, body }
  const attestation = await verifyAttestation(validate, device.publicKey, attested, jws)
  return { attestation, jws: jws ?? '', operationId: id }
}

interface Enrolled extends Evidence {
  readonly person: KindName
  /** Of the registration. */
  readonly id: string
  readonly status: string
  readonly ledgerTime: Date
}

/** What commits with a registration because an agent made it: the evidence, an event, and who it was in the leaf. */
export function enrolling(
  { ids, random }: Pick<SyncDeps, 'ids' | 'random'>,
  { device }: Journal,
  { attestation, jws, operationId, person, id: registrationId, status, ledgerTime }: Enrolled,
): JournalExtras {
  const { id: deviceId, agentId } = device
  const { salt, commitments } = commitText(random, textOfEnrolment({ attestation: jws }))
  const enrolment: Enrolment = {
    ...{ id: ids.next('enr'), registrationId, agentId, deviceId, operationId, place: attestation.place },
    ...{ attestedAt: new Date(attestation.attestedAt), attestation: jws, salt, createdAt: ledgerTime },
  }
  return {
    companions: [insertEnrolments.row(enrolment)],
    events: [{ type: `${person}.enrolled`, objectId: registrationId, status }],
    references: { agentId, deviceId, enrolmentId: enrolment.id },
    commitments,
  }
}
