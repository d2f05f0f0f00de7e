/** What in `actual` is not as `shown`. `…` in a shown text stands for any text; a field `…` for any further fields. */
export function matchJson(shown: unknown, actual: unknown, at = ''): string[] {
  if (typeof shown === 'string') {
    if (shown === '…') return []
    return typeof actual === 'string' && matchText(shown, actual) ? [] : [`${at}: ${JSON.stringify(actual)}`]
  }
  if (Array.isArray(shown)) {
    if (!Array.isArray(actual) || actual.length !== shown.length) return [`${at}: ${JSON.stringify(actual)}`]
    return shown.flatMap((item, index) => matchJson(item, actual[index], `${at}/${index}`))
  }
  if (typeof shown === 'object' && shown !== null) {
    if (typeof actual !== 'object' || actual === null) return [`${at}: ${JSON.stringify(actual)}`]
    const { '…': more, ...fields } = shown as Record<string, unknown>
    const found = actual as Record<string, unknown>
    const missing = Object.entries(fields).flatMap(([name, value]) => matchJson(value, found[name], `${at}/${name}`))
    const unknown = more === undefined ? Object.keys(found).filter((name) => !(name in fields)) : []
    return [...missing, ...unknown.map((name) => `${at}/${name}: is not shown`)]
  }
  return Object.is(shown, actual) ? [] : [`${at}: ${JSON.stringify(actual)}`]
}

/** Line by line, `…` for anything. */
export function matchText(shown: string, actual: string): boolean {
  const quote = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pattern = shown.trim().split('…').map(quote).join('[\\s\\S]*')
  return new RegExp(`^${pattern}$`).test(actual.replaceAll('\r', '').trim())
}

/** @throws {Error} there is no text or number at this path, like `data.0.code` */
export function readPath(value: unknown, path: string): string {
  const found = path
    .split('.')
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value)
  if (typeof found !== 'string' && typeof found !== 'number') throw new Error(`no ${path} in the answer`)
  return String(found)
}
