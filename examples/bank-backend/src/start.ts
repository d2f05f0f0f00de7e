import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Pisto } from '@pisto/sdk'
import { compose, type Patience } from './compose.ts'
import type { Configuration } from './configuration.ts'
import { httpCoreBanking } from './core-banking/http-core-banking.ts'
import { gatewaySession } from './http/session.ts'
import { fileCursor } from './notifications/cursor.ts'
import { logNotifier } from './notifications/notifier.ts'
import { openFileJournal } from './payments/file-journal.ts'
import { systemClock } from './platform/clock.ts'
import { listenOnLoopback } from './platform/listen.ts'
import type { Log } from './platform/log.ts'

export interface RunningBank {
  readonly url: string
  /** Takes nothing new, answers what was accepted, finishes the steps under way, closes the journal. */
  stop(): Promise<void>
}

const PATIENCE: Patience = {
  answerWithinMs: 15_000,
  debitPatienceMs: 120_000,
  resumeEveryMs: 5_000,
  eventRetryMs: 2_000,
}

/** Starts the service with the parts that a bank would run it with. */
export async function startBank(configuration: Configuration, log: Log): Promise<RunningBank> {
  const { pistoUrl, pistoKey, coreUrl, payerAccountId, port, dataFolder } = configuration
  await mkdir(dataFolder, { recursive: true })
  const clock = systemClock
  const journal = await openFileJournal(join(dataFolder, 'orders.jsonl'))
  const service = compose({
    pisto: new Pisto({ baseUrl: pistoUrl, apiKey: pistoKey, locale: 'es', timeoutMs: 5_000, maxRetries: 2 }),
    core: httpCoreBanking({ baseUrl: coreUrl, clock }),
    journal,
    cursor: fileCursor(join(dataFolder, 'events.cursor')),
    notifier: logNotifier(log),
    session: gatewaySession,
    clock,
    log,
    payerAccountId,
    patience: PATIENCE,
  })
  const stopping = new AbortController()
  const listening = await listenOnLoopback(service.app, port)
  const work = service.work(stopping.signal)
  return {
    url: listening.url,
    async stop() {
      stopping.abort()
      await listening.close() // whoever waits for an answer gets it
      await Promise.all([service.settle(), work])
      await journal.close()
    },
  }
}
