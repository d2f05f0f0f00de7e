import type { Import } from '@pisto/contract'
import { toUuid } from '@pisto/ledger'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TenantProfile } from '../tenants/profile.ts'
import { aRow } from '../testing/import-people.ts'
import { bytesOf, importFile, importWorker, jsonLines, rowsOf, sendFile } from '../testing/importing.ts'
import { aCall, aTenant, openTestWorld, type TestWorld } from '../testing/test-world.ts'
import { importHandlers } from './handlers.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const waiting = (tenant: TenantProfile) =>
  world.db.query('select 1 from import_parts where tenant_id = $1', [toUuid(tenant.id)])
const importsOf = async (tenant: TenantProfile, query: { externalId?: string; limit?: number; after?: string } = {}) =>
  importHandlers(world).listImports({ query }, aCall(tenant, 'listImports'))
const show = (tenant: TenantProfile, importId: string) =>
  importHandlers(world).getImport({ importId }, aCall(tenant, 'getImport')) as Promise<Import>

it('the same key and file give the same import, and nothing is kept of the second', async () => {
  const tenant = await aTenant(world)
  const file = jsonLines([aRow()])
  const first = await sendFile(world, tenant, file, { key: 'k' })
  const again = await sendFile(world, tenant, file, { key: 'k' })

  expect(again).toEqual(first)
  expect((await importsOf(tenant)).data).toHaveLength(1)
  expect(await waiting(tenant)).toHaveLength(1)
  await expect(sendFile(world, tenant, jsonLines([aRow()]), { key: 'k' })).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  })
  expect(await waiting(tenant)).toHaveLength(1)
})

it('a file that breaks off in the middle is forgotten: nothing of it has an effect', async () => {
  const tenant = await aTenant(world)
  async function* broken() {
    yield* bytesOf(jsonLines(Array.from({ length: 2_500 }, () => aRow())))
    throw new Error('connection lost')
  }

  await expect(sendFile(world, tenant, broken())).rejects.toThrow('connection lost')
  expect(await waiting(tenant)).toEqual([])
  expect((await importsOf(tenant)).data).toEqual([])
})

it('what came of a file whose server died is forgotten a day later', async () => {
  const tenant = await aTenant(world)
  let received: (() => void) | undefined
  const isReceived = new Promise<void>((resolve) => {
    received = resolve
  })
  async function* endless() {
    yield* bytesOf(jsonLines(Array.from({ length: 1_500 }, () => aRow())))
    received?.()
    await new Promise(() => undefined)
  }
  void sendFile(world, tenant, endless())
  await isReceived
  await expect.poll(async () => (await waiting(tenant)).length).toBe(1)
  expect((await importsOf(tenant)).data).toMatchObject([{ status: 'receiving' }])

  world.clock.advance(86_401)
  await importWorker(world, tenant).runDue()

  expect((await importsOf(tenant)).data).toEqual([])
  expect(await waiting(tenant)).toEqual([])
})

it('is found by the caller’s own id, newest first, page by page', async () => {
  const tenant = await aTenant(world)
  const ids: string[] = []
  for (const externalId of ['a', 'b', 'b']) {
    ids.push((await sendFile(world, tenant, jsonLines([aRow()]), { externalId })).id)
    world.clock.advance(1)
  }

  expect((await importsOf(tenant, { externalId: 'b' })).data.map(({ id }) => id)).toEqual([ids[2], ids[1]])
  const page = await importsOf(tenant, { limit: 2 })
  expect(page.nextCursor).toBe(ids[1])
  expect(await importsOf(tenant, { limit: 2, after: ids[1] ?? '' })).toMatchObject({
    data: [{ id: ids[0] }],
    nextCursor: null,
  })
})

it('one that waits after failures goes on at once when it is told to', async () => {
  const tenant = await aTenant(world)
  const { id } = await sendFile(world, tenant, jsonLines([aRow()]))
  const failing = { ...world, ledger: { ...world.ledger, decide: () => Promise.reject(new Error('away')) } }
  await importWorker(failing, tenant).runDue()
  await importWorker(world, tenant).runDue()
  expect(await show(tenant, id)).toMatchObject({ status: 'running', acceptedCount: 0 })

  const resumed = await importHandlers(world).resumeImport({ importId: id }, aCall(tenant, 'resumeImport', 'r'))
  await importWorker(world, tenant).runDue()

  expect(resumed).toMatchObject({ id, status: 'running' })
  expect(await show(tenant, id)).toMatchObject({ status: 'completed', rowCount: 1, acceptedCount: 1 })
  const after = await importHandlers(world).resumeImport({ importId: id }, aCall(tenant, 'resumeImport'))
  expect(after.status, 'nothing is left to do').toBe('completed')
})

it('is done in slices of time', async () => {
  const tenant = await aTenant(world)
  const rows = Array.from({ length: 2_500 }, () => aRow({ phone: '1' }))
  const { id } = await sendFile(world, tenant, jsonLines(rows))
  const claims: number[] = []
  const db: TestWorld['db'] = {
    ...world.db,
    transaction: (work) => world.db.transaction(work),
    query(sql, parameters) {
      if (sql.includes('is_claimed = true')) claims.push(1)
      if (sql.includes('from import_parts')) world.systemClock.advance(6)
      return world.db.query(sql, parameters)
    },
  }
  await importWorker({ ...world, db }, tenant).runDue()

  expect(claims.length).toBeGreaterThan(2)
  expect(await show(tenant, id)).toMatchObject({ status: 'completed', refusedCount: 2_500 })
  expect(await rowsOf(world, tenant, id)).toHaveLength(2_500)
})

it('lists the rows in the order of the file, page by page', async () => {
  const tenant = await aTenant(world)
  const { id: importId } = await importFile(world, tenant, jsonLines([aRow(), aRow({ phone: '1' }), aRow()]))
  const list = (query: { limit?: number; after?: string }) =>
    importHandlers(world).listImportRows({ importId, query }, aCall(tenant, 'listImportRows'))

  const page = await list({ limit: 2 })
  expect(page.data.map(({ row, outcome }) => `${row} ${outcome}`)).toEqual(['1 active', '2 phone_short'])
  expect(await list({ limit: 2, after: page.nextCursor ?? '' })).toMatchObject({ data: [{ row: 3 }], nextCursor: null })
  await expect(list({ after: '1 or 1=1' })).rejects.toMatchObject({ code: 'request_invalid' })
})

it('imports of another tenant, and none at all, are not found', async () => {
  const [tenant, other] = [await aTenant(world), await aTenant(world)]
  const { id: importId } = await sendFile(world, tenant, jsonLines([aRow()]))
  const notFound = { code: 'import_not_found' }
  const handlers = importHandlers(world)

  await expect(show(other, importId)).rejects.toMatchObject(notFound)
  await expect(show(tenant, 'imp_x')).rejects.toMatchObject(notFound)
  for (const name of ['resumeImport', 'getImportResult', 'listImportRows'] as const) {
    const call = aCall(other, name)
    const asked = Promise.resolve().then(() => handlers[name]({ importId, query: {} }, call))
    await expect(asked).rejects.toMatchObject(notFound)
  }
})

it('the result is a file that a spreadsheet opens, whatever the ids look like', async () => {
  const tenant = await aTenant(world)
  const rows = ['=1+1', '  @SUM(A1)', 'a,"b"', 'R1'].map((externalId, index) =>
    aRow({ externalId, ...(index % 2 === 1 && { phone: '1' }) }),
  )
  const { id: importId, rows: decided } = await importFile(world, tenant, jsonLines(rows))
  const { fileName, pieces } = await importHandlers(world).getImportResult({ importId, query: {} }, aCall(tenant, 'x'))
  let text = ''
  for await (const piece of pieces) text += piece

  expect(fileName).toMatch(/^imp-[0-9a-z]{26}\.csv$/)
  expect(text.split('\r\n')).toEqual([
    '\ufeffexternalId,outcome,id,row',
    `'=1+1,active,${decided[0]?.registrationId},1`,
    `'  @SUM(A1),phone_short,,2`,
    `"a,""b""",active,${decided[2]?.registrationId},3`,
    'R1,phone_short,,4',
    '',
  ])
})
