import type { ProblemCode } from '@pisto/contract'
import { AGENT_GUIDES } from './problem-guides/agents.ts'
import { DOCUMENT_GUIDES } from './problem-guides/documents.ts'
import type { Guide } from './problem-guides/guide.ts'
import { MISSING_GUIDES } from './problem-guides/missing.ts'
import { MONEY_GUIDES } from './problem-guides/money.ts'
import { PEOPLE_GUIDES } from './problem-guides/people.ts'
import { PORT_GUIDES } from './problem-guides/ports.ts'
import { REGISTRATION_GUIDES } from './problem-guides/registration.ts'
import { REQUEST_GUIDES } from './problem-guides/request.ts'
import { SCREENING_GUIDES } from './problem-guides/screening.ts'

/** Why each problem happens and what to do about it. A code of the catalogue without a guide does not compile. */
export const PROBLEM_GUIDES: Readonly<Record<ProblemCode, Guide>> = {
  ...REQUEST_GUIDES,
  ...MISSING_GUIDES,
  ...REGISTRATION_GUIDES,
  ...SCREENING_GUIDES,
  ...AGENT_GUIDES,
  ...DOCUMENT_GUIDES,
  ...PORT_GUIDES,
  ...MONEY_GUIDES,
  ...PEOPLE_GUIDES,
}
