import { readFileSync } from 'node:fs'
import type { MerchantRow } from '@pisto/contract'
import { importHandlers } from '../imports/handlers.ts'
import { aCall, openFolderWorld } from './test-world.ts'

const CHUNK = 10

/** A process that imports and waits to be killed: `node import-child.ts TASK.json`, an answer per line. */
const { dataDir, tenant, importId, rows } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const world = await openFolderWorld(dataDir)
for (let at = 0; at < rows.length; at += CHUNK) {
  const body = { rows: (rows as MerchantRow[]).slice(at, at + CHUNK) }
  const { data } = await importHandlers(world).addImportRows({ importId, body }, aCall(tenant, 'addImportRows'))
  process.stdout.write(`${JSON.stringify(data)}\n`)
}
await world.close()
