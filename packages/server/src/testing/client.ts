import { randomUUID } from 'node:crypto'
import type { CountryCode } from '@pisto/contract'
import type { RunningServer } from '../start.ts'
import { aConsumer, aMerchant } from './people.ts'
import { json, type Received, send } from './send.ts'

/** Calls a running server as one of its tenants. */
export interface Client {
  get(path: string): Promise<Received>
  /** With a new idempotency key, unless one is given. */
  post(path: string, body?: unknown, idempotencyKey?: string): Promise<Received>
  readonly authorization: string
}

export function clientOf({ url, tenants }: RunningServer, country: CountryCode = 'GT'): Client {
  const authorization = `Bearer ${tenants.find((tenant) => tenant.country === country)?.apiKey}`
  return {
    authorization,
    get: (path) => send(url, { path, headers: { authorization } }),
    post(path, body = {}, idempotencyKey = randomUUID()) {
      const { headers, ...sent } = json(body)
      return send(url, {
        method: 'POST',
        path,
        ...sent,
        headers: { ...headers, authorization, 'idempotency-key': idempotencyKey },
      })
    },
  }
}

/** Registers somebody to the end. @returns Their registration, with its account. */
export async function register(
  client: Client,
  kind: 'merchants' | 'consumers',
): Promise<{ id: string; accountId: string; phone: string }> {
  const form = kind === 'merchants' ? aMerchant() : aConsumer()
  const { body: draft } = await client.post(`/v1/${kind}`, form)
  const at = `/v1/${kind}/${draft.id}`
  const { body: verification } = await client.post(`${at}/phone-verifications`)
  await client.post(`${at}/phone-verifications/${verification.id}/confirm`, { code: '000000' })
  const { body: active } = await client.post(`${at}/submit`)
  return { id: draft.id, accountId: active.accountId, phone: form.phone }
}
