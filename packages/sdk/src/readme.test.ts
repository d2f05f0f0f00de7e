import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { Pisto } from './pisto.ts'

/** The table of resources in the README: `| `a`, `b` | `verb verb` |`. */
const [, table = ''] =
  /## Resources\n([\s\S]*?)\n\n/.exec(readFileSync(`${import.meta.dirname}/../README.md`, 'utf8')) ?? []
const rows = [...table.matchAll(/^\| (`.+`) \| `(.+)` \|$/gm)].flatMap(([, names = '', verbs = '']) =>
  [...names.matchAll(/[\w.]+/g)].map(([name]): [string, string[]] => [name, verbs.split(' ')]),
)

it('the README has every resource and verb that there is, and no other', () => {
  const pisto = new Pisto({ baseUrl: 'http://pisto.example' })

  expect(rows.toSorted()).toEqual(Object.entries(pisto).flatMap(verbsOf).toSorted())
})

/** Those of a resource, and of what it has inside: `merchants.qrCodes`. */
function verbsOf([name, resource]: [string, object]): [string, string[]][] {
  const entries = Object.entries(resource)
  const verbs = entries.filter(([, value]) => typeof value === 'function').map(([verb]) => verb)
  const inner = entries.filter(([, value]) => typeof value !== 'function')
  return [[name, verbs], ...inner.flatMap(([part, value]) => verbsOf([`${name}.${part}`, value]))]
}
