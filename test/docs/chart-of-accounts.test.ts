import { AccountPurpose } from '@pisto/contract'
import { expect, it } from 'vitest'
import { OWN_ACCOUNTS } from '../../packages/server/src/accounts/chart.ts'
import { accountName } from '../../packages/server/src/reports/plain-text.ts'
import { read } from './markdown.ts'

/** The page's first table: a row for each purpose. */
const rows = [
  ...read('docs/concepts/chart-of-accounts.md').matchAll(/^\| `(\w+)` \| (debit|credit) \|.*\| `(\w+)` \|$/gm),
].map(([, purpose = '', normalSide = '', root = '']) => ({ purpose, normalSide, root }))

it('has every purpose that accounts have, and no other', () => {
  const { enum: purposes } = AccountPurpose as unknown as { enum: string[] }

  expect(rows.map(({ purpose }) => purpose).toSorted()).toEqual(purposes.toSorted())
})

it.each(rows)('$purpose stands where the exports put it: $root', ({ purpose, normalSide, root }) => {
  const name = accountName({ accountId: 'acc_x', purpose, normalSide: normalSide as 'debit' })

  expect(name.split(':')[0]).toBe(root)
})

it.each(Object.entries(OWN_ACCOUNTS))('%s is opened on the side that the page says', (purpose, { normalSide }) => {
  expect(rows.find((row) => row.purpose === purpose)?.normalSide).toBe(normalSide)
})
