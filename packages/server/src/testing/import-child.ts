import { readFileSync } from 'node:fs'
import type { TenantProfile } from '../tenants/profile.ts'
import { importWorker } from './importing.ts'
import { openFolderWorld } from './test-world.ts'

/** A process that decides what waits, and tells each row that is decided: `node import-child.ts TASK.json`. */
const task: { readonly dataDir: string; readonly tenant: TenantProfile } = JSON.parse(
  readFileSync(process.argv[2] ?? '', 'utf8'),
)
const world = await openFolderWorld(task.dataDir)
const { decide } = world.ledger
/** So many at once: a batch of the ledger. A part would be one, and could only be killed before or after it. */
const TOGETHER = 10
const places = Array.from({ length: TOGETHER }, () => Promise.resolve())
let calls = 0
const ledger: typeof world.ledger = {
  ...world.ledger,
  async decide(request, plan) {
    const place = calls++ % TOGETHER
    const decided = (places[place] ?? Promise.resolve()).then(() => decide(request, plan))
    places[place] = decided.then(() => undefined)
    await decided
    process.stdout.write('decided\n')
    return decided as never
  },
}
await importWorker({ ...world, ledger }, task.tenant).runDue()
await world.close()
