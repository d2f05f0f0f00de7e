import type { Clock } from '../platform/clock.ts'
import { type Booked, bookedAnswer, customerAnswer, refusalAnswer } from './answers.ts'
import { type CoreBanking, CoreOutcomeUnknown, CoreRefused, type Movement } from './core-banking.ts'

export interface HttpCoreBankingOptions {
  /** Where the core system is, e.g. `https://core.bank.example`. */
  readonly baseUrl: string
  readonly clock: Clock
  /** Of one attempt, to the answer's last byte. Default 5,000. */
  readonly timeoutMs?: number
  /** Waits before the second, third… attempt. Default 200, 1,000. */
  readonly waitsMs?: readonly number[]
}

interface Answer {
  readonly status: number
  /** Undefined: it was no JSON. */
  readonly content: unknown
}

/**
 * The bank's core system over HTTP. Every call may be repeated, and is, with the same reference, while its outcome is
 * unknown: no connection, no answer in time, a 5xx, an answer that makes no sense.
 */
export function httpCoreBanking(options: HttpCoreBankingOptions): CoreBanking {
  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    untilAnswered(options, () => attempt(options, method, path, body))

  const move = async (kind: 'debit' | 'credit', { reference, ...movement }: Movement): Promise<void> => {
    const answer = await call('PUT', `/movements/${encodeURIComponent(reference)}`, { kind, ...movement })
    requireStatus(answer, reference, 'booked')
  }

  return {
    async findCustomer(customerNumber) {
      const { status, content } = await call('GET', `/customers/${encodeURIComponent(customerNumber)}`)
      if (status === 404) return undefined
      if (status === 200 && customerAnswer.Check(content)) return content
      throw notUnderstood(status)
    },
    debit: (movement) => move('debit', movement),
    credit: (movement) => move('credit', movement),
    async undo(reference) {
      const answer = await call('POST', `/movements/${encodeURIComponent(reference)}/undo`)
      requireStatus(answer, reference, 'undone')
    },
  }
}

/** @throws {CoreRefused} @throws {CoreOutcomeUnknown} */
function requireStatus({ status, content }: Answer, reference: string, wanted: Booked['status']): void {
  if (status === 422 && refusalAnswer.Check(content)) throw new CoreRefused(content.code)
  const isBooked = (status === 200 || status === 201) && bookedAnswer.Check(content)
  if (!isBooked || content.reference !== reference || content.status !== wanted) throw notUnderstood(status)
}

const notUnderstood = (status: number): CoreOutcomeUnknown =>
  new CoreOutcomeUnknown(`the core system's answer (status ${status}) is not understood`)

async function untilAnswered(
  { clock, waitsMs = [200, 1000] }: HttpCoreBankingOptions,
  send: () => Promise<Answer>,
): Promise<Answer> {
  for (const waitMs of waitsMs) {
    try {
      return await send()
    } catch {
      await clock.sleep(waitMs)
    }
  }
  return send()
}

/** @throws {CoreOutcomeUnknown} there was no answer, or a 5xx, behind which anything may have happened */
async function attempt(
  { baseUrl, timeoutMs = 5000 }: HttpCoreBankingOptions,
  method: string,
  path: string,
  body: unknown,
): Promise<Answer> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
  let answer: Answer
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(new URL(path, baseUrl), { method, ...sent, signal, redirect: 'error' })
    answer = { status: response.status, content: parseJson(await response.text()) }
  } catch (cause) {
    throw new CoreOutcomeUnknown('the core system does not answer', { cause })
  }
  if (answer.status >= 500) throw notUnderstood(answer.status)
  return answer
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
