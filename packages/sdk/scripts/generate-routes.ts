/**
 * Writes `src/routes.generated.ts`: what the client must know of each operation, without its schemas, so that
 * TypeBox stays out of browsers. Run after the contract changed: `node packages/sdk/scripts/generate-routes.ts`.
 */
import { writeFileSync } from 'node:fs'
import { OPERATIONS, type Operation } from '@pisto/contract'

export const ROUTES_FILE = new URL('../src/routes.generated.ts', import.meta.url)

/** The whole text of the file. */
export function renderRoutes(): string {
  const operations: Operation[] = Object.values(OPERATIONS).flatMap((resource) => Object.values(resource))
  return `// Made from the operation table of @pisto/contract by scripts/generate-routes.ts. Do not edit.
import type { Route } from './http/route.ts'

export const ROUTES = {
${operations.map(renderRoute).join('\n')}
} as const satisfies Record<string, Route>
`
}

function renderRoute({ id, method, path, idempotencyKey, mediaType, formats }: Operation): string {
  return `  ${id}: ${render({ method, path, idempotencyKey, mediaType, formats })},`
}

function render(value: string | object): string {
  if (typeof value === 'string') return `'${value}'`
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return `{ ${fields.map(([name, inner]) => `${name}: ${render(inner)}`).join(', ')} }`
}

if (import.meta.main) writeFileSync(ROUTES_FILE, renderRoutes())
