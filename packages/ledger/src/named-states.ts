import type { Plan } from './model.ts'

/** Ids of the states that plans are decided on. */
export interface NamedStates {
  readonly accounts: Set<string>
  readonly holds: Set<string>
  readonly limitGroups: Set<string>
}

/** What plans name; the parties of a hold and the groups of an account follow when those are read. */
export function statesNamedBy(plans: Iterable<Plan<unknown>>): NamedStates {
  const accounts = new Set<string>()
  const holds = new Set<string>()
  const limitGroups = new Set<string>()
  for (const plan of plans) {
    for (const { groupId, absorbs = groupId } of plan.limitGroups ?? []) limitGroups.add(groupId).add(absorbs)
    for (const { accountId, limitGroupIds = [] } of plan.accounts ?? []) {
      accounts.add(accountId)
      for (const groupId of limitGroupIds) limitGroups.add(groupId)
    }
    for (const { accountId } of plan.changes ?? []) accounts.add(accountId)
    for (const transfer of plan.transfers ?? []) {
      if ('holdId' in transfer) holds.add(transfer.holdId)
      if ('debit' in transfer) accounts.add(transfer.debit).add(transfer.credit)
    }
  }
  return { accounts, holds, limitGroups }
}
