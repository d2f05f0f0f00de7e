import { once } from 'node:events'
import process from 'node:process'
import { startServer } from './start.ts'

/** The server as a process of its own, set up by the environment (`configuration.ts`). `pisto sandbox` is friendlier. */
const server = await startServer()
const signals = ['SIGTERM', 'SIGINT'] as const
await Promise.race(signals.map((signal) => once(process, signal)))
await server.stop()
