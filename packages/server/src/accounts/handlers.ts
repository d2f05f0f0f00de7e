import { NotFound, type OPERATIONS } from '@pisto/contract'
import { type IdSource, isTypeId } from '@pisto/ledger'
import { LIMIT_DEFAULT, requireCursor } from '../platform/http/cursor.ts'
import type { Handlers } from '../platform/http/handlers.ts'
import { momentOf } from '../platform/http/moment.ts'
import { ownedBy } from '../sessions/person.ts'
import { changeAccount } from './changes.ts'
import { showLimits } from './limits.ts'
import { openAccount } from './open.ts'
import { showAccount, showEntry } from './show.ts'
import { downloadStatement } from './statement/download.ts'
import type { StatementDeps } from './statement/statement.ts'

export interface AccountDeps extends StatementDeps {
  readonly ids: IdSource
}

/** Accounts have no rules beyond the ledger's: handlers ask it. */
export const accountHandlers = ({
  db,
  ledger,
  clock,
  ids,
  personalData,
}: AccountDeps): Handlers<(typeof OPERATIONS)['accounts']> => ({
  openAccount: ({ body }, call) => openAccount({ ledger, ids }, call, body),

  async listAccounts({ query: { limit = LIMIT_DEFAULT, after, ...filter } }, { tenantId, livemode, person }) {
    requireCursor(after, (cursor) => isTypeId(cursor, 'acc'))
    const { data, nextCursor } = await ledger.listAccounts(tenantId, {
      ...{ limit, after, ...filter },
      ownerIds: person && [...ownedBy(person, 'merchant'), ...ownedBy(person, 'consumer')],
    })
    return { data: data.map((account) => showAccount(account, livemode)), nextCursor }
  },

  async getAccount({ accountId, query: { asOf } }, { tenantId, livemode }) {
    const account = await ledger.findAccount(tenantId, accountId, asOf)
    if (account === undefined) throw new NotFound('account_not_found', { id: accountId })
    return showAccount(account, livemode)
  },

  async getAccountLimits({ accountId }, { tenantId, livemode }) {
    const groups = await ledger.findAccountLimits(tenantId, accountId)
    if (groups === undefined) throw new NotFound('account_not_found', { id: accountId })
    return showLimits(accountId, groups, livemode)
  },

  freezeAccount: ({ accountId }, call) => changeAccount({ ledger }, call, accountId, 'frozen'),
  unfreezeAccount: ({ accountId }, call) => changeAccount({ ledger }, call, accountId, 'open'),
  closeAccount: ({ accountId }, call) => changeAccount({ ledger }, call, accountId, 'closed'),

  async listAccountEntries({ accountId, query }, { tenantId }) {
    const { limit = LIMIT_DEFAULT, after, from, to, ...filter } = query
    requireCursor(after, (cursor) => /^\d{1,15}\.\d{1,4}$/.test(cursor))
    const account = await ledger.findAccount(tenantId, accountId)
    if (account === undefined) throw new NotFound('account_not_found', { id: accountId })
    const { data, nextCursor } = await ledger.listEntries(tenantId, accountId, {
      ...{ limit, after, ...filter },
      from: momentOf(from, 'from'),
      to: momentOf(to, 'to'),
    })
    return { data: data.map(showEntry), nextCursor }
  },

  getAccountStatement: ({ accountId, query }, call) =>
    downloadStatement({ db, ledger, clock, personalData }, call, accountId, query),
})
