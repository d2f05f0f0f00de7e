import { XmlDocument, type XmlElement, XsdValidator } from 'libxml2-wasm'

const NAMESPACES = { c: 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08' }

/** What is wrong with a document by a schema; empty: nothing. */
export function schemaErrors(xml: string, xsd: string): readonly string[] {
  using schema = XmlDocument.fromString(xsd)
  using validator = XsdValidator.fromDoc(schema)
  using document = XmlDocument.fromString(xml)
  try {
    validator.validate(document)
    return []
  } catch (error) {
    return [(error as Error).message]
  }
}

/**
 * What is wrong with a statement by the rules that no schema can say: that its balances, entries and totals belong
 * together. Reads nothing but the document, as whoever receives it does.
 */
export function ruleErrors(xml: string): readonly string[] {
  using document = XmlDocument.fromString(xml)
  const errors: string[] = []
  const root = document.root
  const all = (path: string, of: XmlElement = root): XmlElement[] => of.find(path, NAMESPACES) as XmlElement[]
  const text = (path: string, of?: XmlElement): string => all(path, of)[0]?.content ?? ''
  const rule = (holds: boolean, what: string): void => {
    if (!holds) errors.push(what)
  }
  const minor = (amount: string): bigint => BigInt(amount.replace('.', '')) // two digits after the point, as every wallet's currency has
  const signed = (of: XmlElement): bigint =>
    text('c:CdtDbtInd', of) === 'CRDT' ? minor(text('c:Amt', of)) : -minor(text('c:Amt', of))

  const currency = text('//c:Acct/c:Ccy')
  const currencies = new Set(all('//c:Amt').flatMap((amount) => amount.attr('Ccy')?.value ?? []))
  rule(
    [...currencies].every((each) => each === currency),
    `one currency: ${[...currencies].join(' ')}`,
  )

  const balances = new Map(all('//c:Bal').map((each) => [text('c:Tp/c:CdOrPrtry/c:Cd', each), each]))
  const [opening, closing] = ['OPBD', 'CLBD'].map((code) => balances.get(code))
  const entries = all('//c:Ntry')
  const net = entries.reduce((sum, entry) => sum + signed(entry), 0n)
  if (opening === undefined || closing === undefined) errors.push('an opening and a closing balance')
  else {
    rule(signed(opening) + net === signed(closing), 'opening balance and entries make the closing balance')
    rule(text('c:Dt/c:Dt', opening) <= text('c:Dt/c:Dt', closing), 'it opens before it closes')
  }

  const total = (side: string): readonly [count: string, sum: bigint] => {
    const own = entries.filter((entry) => side === '' || text('c:CdtDbtInd', entry) === side)
    return [String(own.length), own.reduce((sum, entry) => sum + minor(text('c:Amt', entry)), 0n)]
  }
  for (const [name, side] of [
    ['TtlNtries', ''] as const,
    ['TtlCdtNtries', 'CRDT'] as const,
    ['TtlDbtNtries', 'DBIT'] as const,
  ]) {
    const [count, sum] = total(side)
    rule(text(`//c:${name}/c:NbOfNtries`) === count, `${name} counts ${count}`)
    rule(minor(text(`//c:${name}/c:Sum`)) === sum, `${name} adds up to ${sum}`)
  }
  const [netEntry] = all('//c:TtlNetNtry')
  rule(netEntry !== undefined && signed(netEntry) === net, `the net of the entries is ${net}`)

  const references = entries.map((entry) => text('c:NtryRef', entry))
  rule(new Set(references).size === references.length, 'each entry has its own reference')
  const days = entries.map((entry) => text('c:BookgDt/c:Dt', entry))
  rule(
    days.every((day, at) => day >= (days[at - 1] ?? day)),
    'entries are in the order of their days',
  )
  const [from, to] = [text('//c:FrDtTm'), text('//c:ToDtTm')]
  rule(Date.parse(from) <= Date.parse(to), 'the period ends after it begins')
  rule(
    days.every((day) => day >= from.slice(0, 10) && day <= to.slice(0, 10)),
    'entries are within the period',
  )
  rule(Date.parse(to) <= Date.parse(text('//c:GrpHdr/c:CreDtTm')), 'nothing is reported that is still to come')
  return errors
}
