import type { Operation } from '@pisto/contract'
import type { Call } from './call.ts'
import type { Handlers } from './handlers.ts'

/** Operations by resource, as the contract groups them. */
export type OperationGroups = Readonly<Record<string, Readonly<Record<string, Operation>>>>

/** A handler for every operation of every resource. */
export type HandlerGroups<Table extends OperationGroups> = {
  readonly [Resource in keyof Table]: Handlers<Table[Resource]>
}

/** An operation together with who does it. Types have done their work where the two met. */
export interface Endpoint {
  readonly operation: Operation
  readonly handle: (input: object, call: Call) => unknown
}

/** @param options.sandbox Whether the operations that only the sandbox has exist. */
export function endpointsOf<Table extends OperationGroups>(
  table: Table,
  handlers: HandlerGroups<Table>,
  options: { readonly sandbox: boolean },
): Endpoint[] {
  const groups: Readonly<Record<string, Readonly<Record<string, unknown>>>> = handlers
  return Object.entries(table).flatMap(([resource, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => options.sandbox || !operation.sandboxOnly)
      .map(([id, operation]) => ({ operation, handle: groups[resource]?.[id] as Endpoint['handle'] })),
  )
}
