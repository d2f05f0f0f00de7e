import { once } from 'node:events'
import process from 'node:process'
import { ConfigurationInvalid, readConfiguration } from './configuration.ts'
import { createLog } from './platform/log.ts'
import { startBank } from './start.ts'

/** The service as a process, set up by its environment (`configuration.ts`). */
const log = createLog('info')
try {
  const bank = await startBank(readConfiguration(), log)
  log.info({ url: bank.url }, 'ready')
  await Promise.race(['SIGTERM', 'SIGINT'].map((signal) => once(process, signal)))
  await bank.stop()
  log.info('stopped')
} catch (error) {
  if (error instanceof ConfigurationInvalid) log.error(error.message)
  else log.error({ error }, 'cannot start')
  process.exitCode = 1
}
