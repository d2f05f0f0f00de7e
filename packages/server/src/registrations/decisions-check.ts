import { compareText } from '../payments/books/compare-text.ts'
import { differences } from '../payments/books/leaf.ts'
import { tableCheck } from '../payments/books/table-check.ts'
import { type PlacedDecision, readDecisions, textOfDecision, VERBS } from './decisions.ts'

/** Holds what operators decided against the log: who, why and what they saw are what the leaf has a commitment to. */
export const decisionsCheck = tableCheck<PlacedDecision>({
  table: 'registration_decisions',
  prefix: 'dec',
  idsOf: ({ references }) => [references['decisionId']],
  read: (db, where, values) => readDecisions(db, where, values),
  compare: ({ id, transactionId, registration, action }, leaf) =>
    differences(
      {
        transaction: transactionId,
        decision: id,
        [registration.kind]: registration.id,
        purpose: `${registration.kind}.${VERBS[action]}`,
      },
      {
        transaction: leaf.id,
        decision: leaf.references['decisionId'],
        [registration.kind]: leaf.references[`${registration.kind}Id`],
        purpose: leaf.purpose,
      },
    ),
  compareMade: (decision, leaf) => compareText(decision.salt, textOfDecision(decision), leaf),
})
