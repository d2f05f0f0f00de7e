import type { OPERATIONS, ProblemCode } from '@pisto/contract'
import { expect, expectTypeOf, it } from 'vitest'
import type { OperationId } from './http/route.ts'
import type {
  CreatePayment,
  Event,
  InclusionProof,
  MoneyOptions,
  Page,
  Payment,
  PistoOptions,
  Refund,
} from './index.ts'
import { type Pisto, PistoApiError, PistoConnectionError } from './index.ts'

declare const pisto: Pisto
type Table = typeof OPERATIONS
type ContractId = { [R in keyof Table]: Table[R][keyof Table[R]] }[keyof Table]['id']

it('types inputs and outputs from the contract', () => {
  expectTypeOf<OperationId>().toEqualTypeOf<ContractId>()
  expectTypeOf<ConstructorParameters<typeof Pisto>>().toEqualTypeOf<[options: PistoOptions]>()
  type Payments = typeof pisto.payments
  expectTypeOf<Payments['create']>().toEqualTypeOf<
    (payment: CreatePayment, options?: MoneyOptions) => Promise<Payment>
  >()
  expectTypeOf<Parameters<Payments['create']>[1]>().toEqualTypeOf<MoneyOptions | undefined>()
  expectTypeOf<ReturnType<Payments['get']>>().resolves.toEqualTypeOf<Payment>()
  expectTypeOf<ReturnType<Payments['refund']>>().resolves.toEqualTypeOf<Refund>()
  expectTypeOf<Awaited<ReturnType<ReturnType<Payments['list']>['page']>>>().toEqualTypeOf<Page<Payment>>()
  expectTypeOf<ReturnType<Payments['list']>>().toExtend<AsyncIterable<Payment>>()
  expectTypeOf<ReturnType<typeof pisto.events.stream>>().toEqualTypeOf<AsyncIterable<Event>>()
  expectTypeOf<ReturnType<typeof pisto.log.proof>>().resolves.toEqualTypeOf<InclusionProof>()
  expectTypeOf<ReturnType<typeof pisto.log.tile>>().resolves.toEqualTypeOf<Uint8Array>()
})

it('refuses what the contract does not have', () => {
  const never = (): void => {
    // @ts-expect-error a number is not money
    void pisto.sandbox.fund('acc_1', { amount: { amount: 100, currency: 'GTQ' } })
    // @ts-expect-error no such currency
    void pisto.sandbox.fund('acc_1', { amount: { amount: '1.00', currency: 'EUR' } })
    // @ts-expect-error no such filter
    pisto.payments.list({ color: 'green' })
    // @ts-expect-error no such status
    pisto.payments.list({ status: 'paid' })
    // @ts-expect-error a read takes no key
    void pisto.payments.get('pay_1', { idempotencyKey: 'k' })
    // @ts-expect-error the operation takes none: sending it twice would move the clock twice
    void pisto.sandbox.advanceClock({ seconds: 1 }, { idempotencyKey: 'k' })
    // @ts-expect-error a payer is needed
    void pisto.payments.create({ alias: '123456789012' })
  }
  expect(never).toBeTypeOf('function')
})

it('narrows errors by class and code', () => {
  const handle = (error: unknown): void => {
    if (error instanceof PistoApiError) {
      expectTypeOf<ProblemCode>().toExtend<typeof error.code>()
      if (error.hasCode('insufficient_funds')) expectTypeOf(error.code).toEqualTypeOf<'insufficient_funds'>()
      // @ts-expect-error misspelt
      error.hasCode('insuficient_funds')
      expectTypeOf(error.facts).toEqualTypeOf<Readonly<Record<string, string>>>()
    }
    if (error instanceof PistoConnectionError) expectTypeOf(error.reason).toEqualTypeOf<'network' | 'timeout'>()
  }
  expect(handle).toBeTypeOf('function')
})
