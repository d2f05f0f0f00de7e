import { once } from 'node:events'
import process from 'node:process'
import { listenOnLoopback } from '../platform/listen.ts'
import { createLog } from '../platform/log.ts'
import { CoreSimulator, coreSimulatorApp } from './core-simulator.ts'
import { CUSTOMERS } from './customers.ts'

/** The simulated core system as a process, on port 8090. */
const log = createLog('info')
const { url, close } = await listenOnLoopback(coreSimulatorApp(new CoreSimulator(CUSTOMERS)), 8090)
log.info({ url, customers: CUSTOMERS.map(({ customerNumber }) => customerNumber) }, 'core simulator ready')
await Promise.race(['SIGTERM', 'SIGINT'].map((signal) => once(process, signal)))
await close()
