import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Operation, PistoProblem } from '@pisto/contract'
import type { Request, RequestHandler } from 'express'
import type { RequireOwn } from '../../sessions/ownership.ts'
import type { Sender } from '../../sessions/proof-of-possession.ts'
import { answer, JSON_TYPE } from './answer.ts'
import { type Authenticate, type Caller, NOBODY, requireScope } from './authentication.ts'
import { hashRequest } from './body-hash.ts'
import type { Call } from './call.ts'
import type { Endpoint } from './endpoint.ts'
import { type Exchange, exchangeOf } from './exchange.ts'
import { idempotencyKeyOf, singleHeader } from './headers.ts'
import { readQuery } from './query.ts'
import type { RateLimits } from './rate-limits.ts'
import { readByteBody, readJsonBody } from './read-body.ts'
import { uploadOf } from './read-upload.ts'
import { RouteTable } from './route-table.ts'
import { createValidators, type Validate } from './validators.ts'

export interface RouterDeps {
  readonly endpoints: readonly Endpoint[]
  readonly authenticate: Authenticate
  /** Lets people do only what is theirs. Left out: there are no people. */
  readonly requireOwn?: RequireOwn
  /** Where callers find this server, without a slash at the end. Undefined: under the host that they name. */
  readonly publicUrl?: string | undefined
  readonly rateLimits: RateLimits
  /** Key of the hashes of bodies. */
  readonly secret: Uint8Array
  readonly livemode: boolean
  /** Aborted when the server stops: ends the streams. */
  readonly stopping: AbortSignal
  /** Checks what handlers give against the contract, too: in tests. */
  readonly checkAnswers: boolean
}

/**
 * The operation table as one middleware: match → who → how often → what → do → answer, each once. Every refusal is a
 * problem that it throws. People may do what the operation's
 * `person` says, with what is theirs: decided here, before any handler.
 */
export function operationRouter(deps: RouterDeps): RequestHandler {
  const routes = new RouteTable(deps.endpoints)
  const validate = createValidators()
  const everyScope = new Set(deps.endpoints.map(({ operation }) => operation.scope))
  const open = new Set<AbortController>()
  deps.stopping.addEventListener('abort', () => {
    for (const controller of open) controller.abort()
  })

  return async (request, response) => {
    const exchange = exchangeOf(response)
    const [path, queryText] = split(request.url)
    const { endpoint, parameters } = routes.match(request.method, path)
    const { operation } = endpoint
    exchange.operation = operation.id

    const sender = senderOf(request, path, deps.publicUrl)
    const caller = await identify(deps, request, operation, exchange, sender)
    // before a body is read, where the path says whose it is
    const isInPath = Object.keys(operation.person?.of ?? {}).every((name) => name in parameters)
    if (isInPath) await requireOwnOf(deps, caller, operation, parameters)
    const query = readQuery(queryText, operation.query)
    requireValid(validate, operation.query ?? NO_FIELDS, query)
    const dryRun = query['dryRun'] === true
    const idempotencyKey = dryRun ? undefined : idempotencyKeyOf(request, operation)
    const upload = operation.upload && uploadOf(request, operation.upload)
    const body = upload ? {} : await readBody(request, operation)
    if (operation.bytes === undefined) requireValid(validate, operation.body ?? NO_FIELDS, body)

    const hasBody = operation.body !== undefined || operation.bytes !== undefined
    const input = {
      ...parameters,
      ...(operation.query && { query }),
      ...(hasBody && { body }),
      ...(upload && { file: upload.file }),
    }
    if (!isInPath) await requireOwnOf(deps, caller, operation, input)

    const gone = new AbortController()
    open.add(gone)
    response.once('close', () => {
      open.delete(gone)
      gone.abort()
    })
    if (deps.stopping.aborted && operation.mediaType === 'text/event-stream') gone.abort()

    const call: Call = {
      tenantId: caller.tenant.id,
      tenant: caller.tenant,
      clientId: caller.clientId,
      scopes: caller.scopes === 'all' ? everyScope : caller.scopes,
      person: caller.person,
      sender,
      operation: operation.id,
      idempotencyKey,
      get bodyHash() {
        if (operation.idempotencyKey === undefined) return NO_HASH
        const content = upload ? upload.digest() : hashable(body)
        return hashRequest(deps.secret, { method: operation.method, path, query, body: content })
      },
      language: exchange.language,
      traceId: exchange.traceId,
      livemode: deps.livemode,
      mediaType: preferredType(request, operation, exchange),
      ifMatch: singleHeader(request, 'if-match'),
      lastEventId: request.headers['last-event-id']?.toString(),
      dryRun,
      signal: gone.signal,
      replayed: false,
    }
    exchange.call = call
    const result = await endpoint.handle(input, call)
    await answer(response, operation, result, deps.checkAnswers ? validate : undefined)
  }
}

async function identify(
  { authenticate, rateLimits }: RouterDeps,
  request: IncomingMessage,
  operation: Operation,
  { headers }: Exchange,
  sender: Sender,
): Promise<Caller> {
  const { address } = sender
  if (operation.scope === 'public') {
    await rateLimits.countRequest(address, headers)
    return NOBODY
  }
  await rateLimits.requireFewFailures(address, headers)
  const caller = await authenticate(singleHeader(request, 'authorization'), sender).catch(async (error: unknown) => {
    if (error instanceof PistoProblem) await rateLimits.countFailure(address)
    throw error
  })
  await rateLimits.countRequest(caller.clientId, headers)
  requireScope(caller, operation)
  return caller
}

async function requireOwnOf(
  { requireOwn }: RouterDeps,
  { person, tenant }: Caller,
  operation: Operation,
  input: { readonly body?: unknown },
): Promise<void> {
  if (person === undefined) return
  if (requireOwn === undefined) throw new PistoProblem('unauthenticated')
  await requireOwn({ person, tenantId: tenant.id, operation, input })
}

/** The host was checked by the host rules. */
function senderOf(request: IncomingMessage, path: string, publicUrl: string | undefined): Sender {
  const { method = '', socket } = request
  return {
    address: socket.remoteAddress ?? '',
    proof: singleHeader(request, 'dpop'),
    method,
    url: `${publicUrl ?? `http://${request.headers.host}`}${path}`,
  }
}

/**
 * What the answer is written as. Whoever accepts neither gets the operation's own: a problem would be no better.
 *
 * @see RFC 9110 section 12.5.1
 */
function preferredType(request: Request, { mediaType, alternatives }: Operation, { headers }: Exchange): string {
  const own: string = mediaType ?? JSON_TYPE
  if (alternatives === undefined) return own
  headers['Vary'] = 'Accept'
  return request.accepts([own, ...alternatives.map((other) => other.mediaType)]) || own
}

async function readBody(request: IncomingMessage, { method, bytes }: Operation): Promise<unknown> {
  if (method === 'GET') return {}
  return bytes === undefined ? readJsonBody(request) : readByteBody(request, bytes)
}

/** Bytes have no canonical JSON: their digest stands for them. */
const hashable = (body: unknown): unknown => (body instanceof Uint8Array ? hash('sha256', body, 'hex') : body)

function requireValid(validate: Validate, schema: object, value: unknown): void {
  const errors = validate(schema, value)
  if (errors.length > 0) throw new PistoProblem('request_invalid', {}, { errors })
}

const split = (url: string): readonly [path: string, query: string] => {
  const at = url.indexOf('?')
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
}

/** Schema of a query or body that an operation does not have. */
const NO_FIELDS = { type: 'object', properties: {}, additionalProperties: false }
const NO_HASH = new Uint8Array()
