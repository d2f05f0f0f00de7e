import { pino } from 'pino'
import { type DueHandlers, DueWorker } from '../platform/due/worker.ts'
import type { TestWorld } from './test-world.ts'

/** Does what is due of some tenants, by these handlers and no others. */
export const dueWorkerOf = (
  world: Pick<TestWorld, 'db' | 'clock' | 'systemClock'>,
  tenants: readonly { readonly id: string }[],
  handlers: DueHandlers,
  options: { readonly leaseMs?: number } = {},
): DueWorker =>
  new DueWorker({
    ...world,
    ...options,
    tenants: { list: async () => tenants },
    handlers,
    log: pino({ level: 'silent' }),
  })
