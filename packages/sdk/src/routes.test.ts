import { readFileSync } from 'node:fs'
import { OPERATIONS, type Operation } from '@pisto/contract'
import { expect, it } from 'vitest'
import { ROUTES_FILE, renderRoutes } from '../scripts/generate-routes.ts'
import { Pisto } from './pisto.ts'

const operations: Operation[] = Object.values(OPERATIONS).flatMap((resource) => Object.values(resource))

it('has the routes of the contract: otherwise run scripts/generate-routes.ts', () => {
  expect(readFileSync(ROUTES_FILE, 'utf8')).toBe(renderRoutes())
})

it('has one verb for each operation', async () => {
  const called: string[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    called.push(`${init?.method} ${decodeURI(String(url).replace('http://pisto.example', ''))}`)
    return Response.json({ code: 'enough' }, { status: 400 })
  }
  const pisto = new Pisto({ baseUrl: 'http://pisto.example', fetch })
  for (const resource of Object.values(pisto) as Resource[]) {
    for (const [call, input] of callsOf(resource)) {
      const answer = call(...input)
      const first = Symbol.asyncIterator in answer ? answer[Symbol.asyncIterator]().next() : answer
      await first.catch(() => {})
    }
  }
  const expected = operations.flatMap(({ method, path, alternatives = [], formats = {} }) => {
    const line = `${method} ${path
      .replace(/\{\w+\*?\}/, '1')
      .replace(/\{\w+\*?\}/, '2')
      .replace(/\{\w+\*?\}/, '3')}`
    const isAlsoJson = 'json' in formats
    return [line, ...alternatives.map(() => line), ...(isAlsoJson ? [line] : [])] // each form of an answer has its verb
  })
  expect(called.map((line) => line.split('?', 1)[0]).toSorted()).toEqual(expected.toSorted())
})

/** Each verb with what to call it with; inside a resource's own resource the first argument is always an id. */
function callsOf(resource: Resource): [Verb, unknown[]][] {
  return Object.entries(resource).flatMap(([verb, call]): [Verb, unknown[]][] =>
    typeof call === 'function'
      ? [[call, ARGUMENTS.get(verb) ?? ['1', '2', '3']]]
      : Object.entries(call).map(([inner, own]) => [own, INNER.get(inner) ?? ['1', '2']]),
  )
}

type Resource = Readonly<Record<string, Verb | Readonly<Record<string, Verb>>>>
type Verb = (...input: unknown[]) => Promise<unknown> | AsyncIterable<unknown>

const INNER = new Map(['create', 'list', 'invite'].map((verb) => [verb, ['1', {}] as unknown[]]))

/** Verbs whose first argument is not an id. */
const ARGUMENTS = new Map(
  [
    'create',
    'open',
    'exchange',
    'list',
    'stream',
    'send',
    'enrolments',
    'parse',
    'resolve',
    'checkpoint',
    'consistency',
    'leaves',
    'inbox',
    'clock',
    'advanceClock',
    'rotate',
    'start',
    'self',
  ]
    .concat('metrics', 'health', 'readiness', 'version', 'keys', 'openApi')
    .map((verb) => [verb, [{}] as unknown[]]),
)
