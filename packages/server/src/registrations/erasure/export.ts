import { type PersonalDataExport, PistoProblem } from '@pisto/contract'
import type { Ledger, Queryable } from '@pisto/ledger'
import type { Call } from '../../platform/http/call.ts'
import type { PersonalData } from '../../platform/personal-data/personal-data.ts'
import { listMessagesOf } from '../../sandbox/inbox.ts'
import { findPersonByPhone } from '../../sessions/people.ts'
import { phoneIndex } from '../../sessions/phone-index.ts'
import { listDecisions, type PlacedDecision, showDecision, tellsSuspicion } from '../decisions.ts'
import { type Kind, seenAt } from '../kinds.ts'
import type { Registration } from '../registration.ts'
import { getRegistration } from '../service.ts'
import {
  accountsOf,
  documentsOf,
  enrolmentsOf,
  everything,
  membersOf,
  movesOf,
  paymentDevicesOf,
  sessionsOf,
  verificationsOf,
} from './exported-lists.ts'
import { ABANDONED_DAYS, lawOf, retentionOf } from './retention.ts'

interface ExportDeps {
  readonly db: Queryable
  readonly ledger: Ledger
  readonly clock: { now(): Date }
  readonly personalData: PersonalData
}

/** The same words for everybody: they must not tell whether there is something. */
const KEPT_BACK = {
  message:
    'What the institution looks into because the law asks it to watch payments and compare names with lists is not ' +
    'part of this document, whether there is something or not, as the law of the institution may forbid telling',
  messageEs:
    'Lo que la institución examina porque la ley le pide vigilar pagos y comparar nombres con listas no es parte de ' +
    'este documento, lo haya o no, porque la ley de la institución puede prohibir decirlo',
}

/**
 * Everything that is held about a person, as one document. **A capability that stores something about persons has its
 * part here.** Whoever is to be erased, and is kept by the law alone, may still ask for it.
 *
 * @throws {NotFound} this tenant has no such registration
 * @throws {PistoProblem} `person_erased`
 */
export async function exportPersonalData(
  deps: ExportDeps,
  call: Pick<Call, 'tenantId' | 'tenant' | 'livemode'>,
  kind: Kind<unknown>,
  id: string,
): Promise<PersonalDataExport> {
  const { tenantId, livemode } = call
  const { db, ledger, personalData } = deps
  const registration = await getRegistration(deps, db, tenantId, kind, id)
  if (registration.erasure?.erasedAt) throw new PistoProblem('person_erased')
  const decisions = await everything((page) =>
    listDecisions(deps, db, tenantId, registration, { ...page, cases: false }),
  )
  const personId = await findPersonByPhone(db, tenantId, phoneIndex(deps, tenantId, registration.phone))
  const untilErased = untilWhen(registration)
  const { consent, phoneConfirmation } = registration
  const books = 'As long as the books are kept: the entries have no name, and stay when the person is erased'
  return {
    id,
    createdAt: deps.clock.now().toISOString(),
    keptBack: KEPT_BACK,
    parts: [
      {
        name: 'registration',
        purpose: 'To know the customer, as the law asks of whoever holds money for others',
        retention: untilErased,
        data: kind.show({ ...registration, erasure: null }, { ...seenAt(call, deps.clock.now()), byPerson: true }),
      },
      {
        name: 'consent',
        purpose: 'To show what the person agreed to, and when',
        retention: untilErased,
        data: { ...consent, acceptedAt: consent.acceptedAt.toISOString() },
      },
      {
        name: 'decisions',
        purpose: 'To explain years later why somebody was let in or refused',
        retention: `${untilErased}; what was decided and when stays, without the note`,
        data: decisions.map((decision) => toldDecision(decision, livemode)),
      },
      {
        name: 'phoneVerifications',
        purpose: 'To know that the phone is theirs, and that nobody guesses codes',
        retention: untilErased,
        data: {
          confirmation: phoneConfirmation && { ...phoneConfirmation, at: phoneConfirmation.at.toISOString() },
          codes: await verificationsOf(db, tenantId, id),
        },
      },
      {
        name: 'documents',
        purpose: 'To know the customer: pictures of cards, proofs of address, certificates',
        retention: `${untilErased}; the files go with it`,
        data: await documentsOf(db, tenantId, registration, livemode),
      },
      {
        name: 'cardLines',
        purpose: 'To compare the card with what the person typed',
        retention: untilErased,
        data: registration.cardLines,
      },
      {
        name: 'messages',
        purpose: 'What was sent to the phone',
        retention: untilErased,
        data: await listMessagesOf({ db, personalData }, { tenantId, personId: id }),
      },
      {
        name: 'enrolments',
        purpose: 'To show what a field agent attested of the person, where and when',
        retention: `${untilErased}; that it took place stays, without attestation and place`,
        data: await enrolmentsOf(db, tenantId, id, livemode),
      },
      {
        name: 'members',
        purpose: 'To know who may act for the shop or wallet, and for which others the person does',
        retention: `${untilErased}; who sold what stays, without name and phone`,
        data: await membersOf(deps, tenantId, registration, personId),
      },
      {
        name: 'sessions',
        purpose: 'To know the person’s devices again, and nobody else’s',
        retention: 'Until the person is erased, and acts for no other shop or wallet',
        data: personId === undefined ? [] : await sessionsOf(deps, tenantId, personId),
      },
      {
        name: 'paymentDevices',
        purpose: 'To notice a payment from a device that the person never used before',
        retention: untilErased,
        data: await paymentDevicesOf(db, tenantId, registration),
      },
      {
        name: 'moves',
        purpose: 'To move the merchant to another institution, or from it, with what is known of it',
        retention: `${untilErased}; that it took place stays, without the evidence`,
        data: await movesOf(db, tenantId, registration),
      },
      {
        name: 'accounts',
        purpose: 'To hold and move the person’s money',
        retention: books,
        data: await accountsOf(ledger, tenantId, registration, livemode),
      },
    ],
  }
}

/** As the person is told: not by whom, who is an employee, and not that they were suspected. */
function toldDecision(decision: PlacedDecision, livemode: boolean) {
  const { actor: _, caseId: __, saw, ...told } = showDecision(decision, livemode)
  return { ...told, saw: tellsSuspicion(decision) ? { ...saw, finding: null } : saw }
}

function untilWhen(registration: Registration): string {
  const rule = retentionOf(registration)
  if (registration.status === 'draft')
    return `Until the person asks to be erased, at most ${ABANDONED_DAYS} days after the last edit`
  if (rule === undefined) return 'Until the person asks to be erased'
  return `${rule.years} years after ${registration.status === 'rejected' ? 'the rejection' : 'closing'}: ${lawOf(rule)}`
}
