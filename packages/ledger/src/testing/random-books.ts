import fc from 'fast-check'
import type { TransferPlan } from '../model.ts'
import { aRequest, aWallet, quetzales, randomIds, type TestBooks } from './books.ts'

/** What happens next. Accounts are named by number: 0 is cash, the others are wallets. */
type BookStep =
  | { readonly do: 'move'; readonly transfers: readonly Move[]; readonly purpose: string; readonly reference: string }
  | { readonly do: 'resolve'; readonly hold: number; readonly how: 'post' | 'part' | 'void' }
  | { readonly do: 'pass'; readonly hours: number }

interface Move {
  readonly from: number
  readonly to: number
  readonly centavos: number
  readonly isHold: boolean
}

const WALLETS = 3

export const PURPOSES = ['test.paid', 'test.refunded', 'test.rare'] as const
export const REFERENCES = ['pay_1', 'pay_2', 'pay_"3"'] as const

const move: fc.Arbitrary<Move> = fc.record({
  from: fc.nat({ max: WALLETS }),
  to: fc.nat({ max: WALLETS }),
  centavos: fc.integer({ min: 1, max: 5000 }),
  isHold: fc.boolean(),
})

/** Histories with holds, postings of parts, voids, several transfers in one transaction, over several days. */
export const bookSteps: fc.Arbitrary<readonly BookStep[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('move' as const),
        transfers: fc.array(move, { minLength: 0, maxLength: 3 }),
        purpose: fc.constantFrom(...PURPOSES),
        reference: fc.constantFrom(...REFERENCES),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('resolve' as const),
        hold: fc.nat({ max: 5 }),
        how: fc.constantFrom('post' as const, 'part' as const, 'void' as const),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
  ),
  { minLength: 20, maxLength: 40 },
)

/** Makes a history; what the ledger refuses on the way is part of it. @returns The accounts, cash first. */
export async function playBook(books: TestBooks, steps: readonly BookStep[]): Promise<readonly string[]> {
  const accounts = [books.cash]
  for (let wallet = 0; wallet < WALLETS; wallet++) accounts.push(await aWallet(books, '100.00'))
  const holds: { readonly holdId: string; readonly centavos: number }[] = []
  for (const step of steps) {
    if (step.do === 'pass') books.clock.advance(step.hours * 3600)
    else {
      const transfers = step.do === 'move' ? step.transfers.flatMap((each) => transferOf(each)) : resolutionOf(step)
      const { purpose, reference } = step.do === 'move' ? step : { purpose: PURPOSES[0], reference: REFERENCES[0] }
      await books.ledger.decide(aRequest(books.tenantId), () => ({
        purpose,
        references: { paymentId: reference, other: 'x' },
        transfers,
        commitments: ['AAAA'], // something to take a sequence for, also without transfers
        answer: null,
      }))
    }
  }
  return accounts

  function transferOf({ from, to, centavos, isHold }: Move): TransferPlan[] {
    const [debit = '', credit = ''] = [accounts[from], accounts[to]]
    const amount = quetzales((centavos / 100).toFixed(2))
    if (debit === credit) return []
    if (!isHold) return [{ kind: 'posted', debit, credit, amount }]
    const holdId = randomIds.next('hld')
    holds.push({ holdId, centavos })
    return [
      { kind: 'pending', holdId, debit, credit, amount, expiresAt: new Date(books.clock.now().getTime() + 72_000_000) },
    ]
  }

  function resolutionOf({ hold, how }: BookStep & { do: 'resolve' }): TransferPlan[] {
    const chosen = holds[hold]
    if (chosen === undefined) return []
    const { holdId, centavos } = chosen
    if (how === 'void') return [{ kind: 'voidPending', holdId }]
    if (how === 'post') return [{ kind: 'postPending', holdId }]
    return [{ kind: 'postPending', holdId, amount: quetzales((Math.ceil(centavos / 2) / 100).toFixed(2)) }]
  }
}
