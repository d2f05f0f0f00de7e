import { PistoProblem } from '@pisto/contract'
import { addRoute, createRouter, findRoute, type RouterContext } from 'rou3'
import type { Endpoint } from './endpoint.ts'

export interface MatchedEndpoint {
  readonly endpoint: Endpoint
  /** Path parameters, percent-decoded. */
  readonly parameters: Readonly<Record<string, string>>
}

type Methods = Map<string, Endpoint>

/** Which operation a method and path name. Built once; a look-up walks the path's segments. */
export class RouteTable {
  readonly #router: RouterContext<Methods> = createRouter<Methods>()

  constructor(endpoints: readonly Endpoint[]) {
    const byPath = Map.groupBy(endpoints, ({ operation }) => operation.path)
    for (const [path, found] of byPath) {
      const pattern = path.replaceAll(/\{(\w+)\*\}/g, '**:$1').replaceAll(/\{(\w+)\}/g, ':$1')
      addRoute(this.#router, '', pattern, new Map(found.map((endpoint) => [endpoint.operation.method, endpoint])))
    }
  }

  /**
   * @param path As it came, without the query.
   * @throws {PistoProblem} `route_not_found`, `method_not_allowed` with `allow`
   */
  match(method: string, path: string): MatchedEndpoint {
    const found = path.startsWith('/') && !isSloppy(path) ? findRoute(this.#router, '', path) : undefined
    if (found === undefined) throw new PistoProblem('route_not_found')
    const endpoint = found.data.get(method === 'HEAD' ? 'GET' : method)
    if (endpoint === undefined) throw new PistoProblem('method_not_allowed', { allow: allowed(found.data) })
    return { endpoint, parameters: decoded(found.params ?? {}) }
  }
}

/** One address, one spelling: no slash at the end. */
const isSloppy = (path: string): boolean => path.length > 1 && path.endsWith('/')

const allowed = (methods: Methods): string =>
  [...methods.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')

function decoded(raw: Readonly<Record<string, string>>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, decodeURIComponent(value)]))
  } catch {
    throw new PistoProblem('route_not_found') // not percent-encoded UTF-8
  }
}
