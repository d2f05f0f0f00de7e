import {
  type CheckpointSigner,
  type Clock,
  createLedger,
  type Database,
  folderMemory,
  processMemory,
  SigningRefused,
} from '@pisto/ledger'
import type { Configuration } from './configuration.ts'
import { createMetrics, type Metrics } from './platform/metrics/metrics.ts'
import { erasedListFile, noErasedList } from './platform/personal-data/erased-list.ts'
import { openKeys } from './platform/personal-data/key-location.ts'
import { openPersonalData } from './platform/personal-data/open-personal-data.ts'
import { takenSecret } from './platform/personal-data/wrapped-secrets.ts'
import { ManualClock, systemClock } from './platform/runtime/clock.ts'
import { createIds } from './platform/runtime/ids.ts'
import type { Log } from './platform/runtime/log.ts'
import { seededRandom, systemRandom } from './platform/runtime/random.ts'
import type { Runtime } from './platform/runtime/runtime.ts'
import { countStart, SandboxClock } from './platform/runtime/sandbox-clock.ts'
import { eraseRestored } from './registrations/erasure/restored.ts'
import { pinPolicies } from './registrations/policy/pinned-policies.ts'
import { ListIndexes } from './screening/list-indexes.ts'
import { TenantDirectory } from './tenants/directory.ts'
import { DatabaseKeyring } from './tenants/keyring.ts'

/** Where a sandbox that repeats itself begins; each start on the same books begins a second later. */
const STILL_START_MS = Date.parse('2026-01-01T00:00:00Z')

export interface OpenedRuntime {
  readonly runtime: Runtime
  /** The same as the runtime's, where it can be advanced. */
  readonly clock: SandboxClock
  readonly tenants: TenantDirectory
  readonly metrics: Metrics
  /** Of people's access tokens. */
  readonly tokenSeed: Uint8Array
}

/**
 * What a sandbox works with, on an open and migrated database.
 * @param given What business time runs on instead of the machine's clock.
 */
export async function openRuntime(
  db: Database,
  {
    randomSeed,
    signerMemory,
    qrGuid,
    personalDataKeys,
    erasedListFile: listFile,
  }: Pick<Configuration, 'randomSeed' | 'signerMemory' | 'qrGuid' | 'personalDataKeys' | 'erasedListFile'>,
  log: Log,
  given?: Clock,
): Promise<OpenedRuntime> {
  const startNumber = await countStart(db)
  const still = new ManualClock(new Date(STILL_START_MS + 1000 * startNumber).toISOString())
  const clock = await SandboxClock.open({ db, base: given ?? (randomSeed === undefined ? systemClock : still) })
  const random = randomSeed === undefined ? systemRandom : seededRandom(`${randomSeed}/${startNumber}`)
  const ids = createIds(clock, random)
  const keys = new DatabaseKeyring({ db, systemClock, clock })
  const tenants = new TenantDirectory({ db, systemClock })
  const signer = async (tenantId: string): Promise<CheckpointSigner | undefined> => {
    const tenant = await tenants.get(tenantId)
    return tenant && { name: tenant.logOrigin, ...(await keys.signing(tenantId, 'checkpoint')) }
  }
  await pinPolicies(db, clock.now())
  const metrics = createMetrics()
  const ledger = createLedger({
    db,
    clock,
    ids,
    signer,
    signerMemory: signerMemory.kind === 'folder' ? folderMemory(signerMemory.path) : processMemory(),
    observer: metrics.ledger,
    onSigningFailure: (tenantId, failure) => tellSigning(log, tenantId, failure),
  })
  const provider = await openKeys(personalDataKeys, { db, random: systemRandom, onUnprotected: () => tellKeys(log) })
  const secret = await takenSecret(db, 'request-hashes', { provider, random: systemRandom })
  const erasedList = listFile === undefined ? noErasedList : erasedListFile(listFile)
  const erasedAgain = await eraseRestored(db, erasedList)
  if (erasedAgain > 0) log.warn({ persons: erasedAgain }, 'whom a restored backup had brought back is erased again')
  const personalData = await openPersonalData(db, provider, systemRandom, erasedList)
  const tokenSeed = await takenSecret(db, 'access-tokens', { provider, random: systemRandom })
  metrics.watchQueue(() => ledger.waitingCount())
  const listIndexes = new ListIndexes()
  const runtime = {
    ...{ db, ledger, clock, systemClock, ids, random, keys, secret, personalData, listIndexes, qrGuid },
    livemode: false,
  }
  return { clock, tenants, metrics, tokenSeed, runtime }
}

function tellKeys(log: Log): void {
  log.warn('the keys to personal data are in the database: set PISTO_PERSONAL_DATA_KEY, or keep them in a file')
}

/** Loud: what is not signed cannot be proven, and a refusal means that history was lost or changed. */
function tellSigning(log: Log, tenantId: string, failure: Error | undefined): void {
  if (failure === undefined) log.warn({ tenantId }, 'the log is signed again')
  else if (failure instanceof SigningRefused) {
    const { reason, signed, found } = failure
    log.error({ tenantId, reason, signed, found }, 'the log is not signed: the database contradicts what was signed')
  } else log.error({ tenantId, error: failure }, 'the log is not signed')
}
