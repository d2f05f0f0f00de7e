import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Chunks, type ListEntry, type ListFormat, readList } from './formats.ts'
import type { ListRefusal } from './list-refused.ts'

const sample = (name: string): Promise<Buffer> => readFile(new URL(`./samples/${name}`, import.meta.url))

/** Bytes as they may arrive: cut anywhere. */
function* cut(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(format: ListFormat, source: Chunks | string, alternates?: Chunks, maxBrokenShare = 0.5) {
  const entries: ListEntry[] = []
  const broken: string[] = []
  const reading = readList(typeof source === 'string' ? [Buffer.from(source)] : source, {
    format,
    ...(alternates && { alternates }),
    maxBrokenShare,
    onBroken: ({ line, reason }) => broken.push(`${line} ${reason}`),
  })
  for (;;) {
    const { done, value } = await reading.next()
    if (done) return { entries, broken, counts: value }
    entries.push(value)
  }
}

const ANSELMO = { name: 'Anselmo de la Cruz Bac', dob: '1962-08-12', country: 'GT', kind: 'person' }

describe('each format, as it is published', () => {
  it('OFAC XML: programmes, ids, weak and strong aliases; ships are passed over, a nameless entry is broken', async () => {
    const { entries, broken, counts } = await read('ofac-xml', [await sample('sdn.xml')])

    expect(entries).toEqual([
      {
        ...ANSELMO,
        id: '90001',
        name: 'DE LA CRUZ BAC, Anselmo & Hijo',
        aliases: ['EL TACUACÍN', 'BAC, Chemo'],
        ids: ['GT_CUI:2540123450101', 'GT_PASSPORT:A123456'],
        programs: ['SDNTK', 'ILLICIT-DRUGS-EO14059'],
        remarks: 'Alcalde; Invented for this test.',
      },
      { id: '90002', name: 'INVERSIONES UXPANTAY, S.A.', kind: 'organisation', programs: ['SDNTK'] },
    ])
    expect(broken).toEqual(['38 name_missing'])
    expect(counts).toEqual({ entries: 2, broken: 1, passedOver: { vessel: 1 } })
  })

  it('OFAC CSV: glued programmes, nulls, names of alt.csv, and what only the remarks say', async () => {
    const { entries, broken, counts } = await read('ofac-csv', [await sample('sdn.csv')], [await sample('alt.csv')])

    expect(entries).toMatchObject([
      {
        ...ANSELMO,
        id: '90001',
        name: 'DE LA CRUZ BAC, Anselmo',
        aliases: ['BAC, Chemo', 'EL TACUACÍN'],
        ids: ['GT_CUI:2540123450101', 'GT_PASSPORT:A123456'],
        programs: ['SDNTK', 'ILLICIT-DRUGS-EO14059'],
      },
      { id: '90002', name: 'INVERSIONES UXPANTAY, S.A.', kind: 'organisation', aliases: ['UXPANTAY IMPORT'] },
      { id: '90005', name: 'XOL, Delfina', kind: 'person' },
    ])
    expect(entries[1]).not.toHaveProperty('remarks')
    expect(entries[2], 'two birth dates, two countries: neither is sure').not.toHaveProperty('dob')
    expect(entries[2]).not.toHaveProperty('country')
    expect(broken).toEqual([])
    expect(counts.passedOver).toEqual({ vessel: 1 })
  })

  it('UN XML: name parts, aliases of low quality, approximate dates are no dates', async () => {
    const { entries } = await read('un-xml', [await sample('un.xml')])

    expect(entries).toMatchObject([
      {
        ...ANSELMO,
        id: 'XXi.001',
        name: 'ANSELMO DE LA CRUZ BAC',
        aliases: ['Chemo Bac', 'El Tacuacín'],
        ids: ['GT_PASSPORT:A123456'],
      },
      { id: 'XXi.002', name: 'DELFINA XOL' },
      { id: 'XXe.001', name: 'UXPANTAY & CÍA', kind: 'organisation', aliases: ['Uxpantay Import', 'Uxpantay Export'] },
    ])
    expect(entries[1]).not.toHaveProperty('dob')
  })

  it('EU CSV: semicolons, a byte order mark, several rows for one entity', async () => {
    const { entries } = await read('eu-csv', [await sample('eu.csv')])

    expect(entries).toMatchObject([
      { ...ANSELMO, id: '13', aliases: ['Chemo Bac'], ids: ['GT_CUI:2540123450101'], programs: ['GTM'] },
      { id: '14', name: 'Uxpantay "Import"; S.A.', kind: 'organisation' },
    ])
  })

  it('OpenSanctions CSV: several values in a cell', async () => {
    const { entries, counts } = await read('opensanctions-csv', [await sample('opensanctions.csv')])

    expect(entries).toMatchObject([
      { ...ANSELMO, id: 'NK-1', aliases: ['Chemo Bac', 'EL TACUACÍN'], ids: [':A123456'] },
      { id: 'NK-2', name: 'Delfina Xol' },
    ])
    expect(counts.passedOver).toEqual({ vessel: 1 })
  })

  it('OpenSanctions JSON lines: targets only', async () => {
    const { entries, counts } = await read('opensanctions-jsonl', [await sample('opensanctions.jsonl')])

    expect(entries).toMatchObject([
      {
        ...ANSELMO,
        id: 'NK-1',
        aliases: ['Chemo Bac', 'EL TACUACÍN'],
        ids: ['GT_CUI:2540123450101', 'GT_PASSPORT:A123456'],
      },
      { id: 'NK-5', name: 'Uxpantay Import', kind: 'organisation' },
    ])
    expect(counts.passedOver).toEqual({ related: 1, ownership: 1 })
  })

  it('a plain list, kept by hand', async () => {
    const { entries } = await read('csv', [await sample('plain.csv')])

    expect(entries).toMatchObject([
      { ...ANSELMO, id: 'PEP-1', aliases: ['Chemo Bac', 'El Tacuacín'], ids: ['GT_CUI:2540123450101'] },
      { id: 'PEP-2', name: 'Delfina Xol' },
    ])
  })
})

it.each<[ListFormat, string]>([
  ['ofac-xml', 'sdn.xml'],
  ['un-xml', 'un.xml'],
  ['eu-csv', 'eu.csv'],
  ['opensanctions-jsonl', 'opensanctions.jsonl'],
  ['ofac-csv', 'sdn.csv'],
])('%s: where the bytes are cut on their way does not matter', async (format, name) => {
  const bytes = await sample(name)
  const whole = await read(format, [bytes])
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 50 }), async (size) => {
      expect(await read(format, cut(bytes, size))).toEqual(whole)
    }),
    { numRuns: 10 },
  )
})

const XML = '<?xml version="1.0"?>'
const sdn = (name: string): string =>
  `<sdnList><sdnEntry><uid>1</uid><lastName>${name}</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>`
const BILLION = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>`

describe('files that are refused, by name', () => {
  const REFUSED: readonly (readonly [ListFormat, string | Uint8Array, ListRefusal, string])[] = [
    ['ofac-xml', `${XML}${BILLION}${sdn('&b;')}`, 'xml_doctype', 'entities that would grow'],
    ['ofac-xml', `${XML}<!DOCTYPE x SYSTEM "file:///etc/passwd">${sdn('x')}`, 'xml_doctype', 'one from elsewhere'],
    ['ofac-xml', `${XML}${sdn('&xxe;')}`, 'xml_invalid', 'an entity that nobody defined'],
    ['ofac-xml', `${XML}<sdnList><sdnEntry>`, 'xml_invalid', 'cut short'],
    ['ofac-xml', `${XML}<Sanctions></Sanctions>`, 'format_other', 'the advanced form'],
    ['un-xml', `${XML}${sdn('x')}`, 'format_other', 'another list'],
    ['un-xml', '<?xml version="1.0" encoding="ISO-8859-1"?><CONSOLIDATED_LIST/>', 'encoding_wrong', 'Latin letters'],
    ['ofac-xml', `${XML}${sdn('x'.repeat(1_100_000))}`, 'line_too_long', 'a name of a million letters'],
    ['ofac-xml', `${XML}<sdnList>${'<a>'.repeat(40)}`, 'xml_invalid', 'too deep'],
    ['csv', Buffer.from('id,name\n1,Jos\xe9\n', 'latin1'), 'encoding_wrong', 'Windows-1252'],
    ['csv', Buffer.from('\ufeffid,name\n1,José\n', 'utf16le'), 'encoding_wrong', 'UTF-16'],
    ['csv', Buffer.from([0x50, 0x4b, 3, 4]), 'archive', 'a spreadsheet'],
    ['csv', Buffer.from([0x1f, 0x8b, 8]), 'archive', 'gzip'],
    ['csv', `id,name\n1,"${'x'.repeat(1_100_000)}`, 'line_too_long', 'a quote that is never closed'],
    ['csv', 'id,nombre\n1,José\n', 'columns_missing', 'a column is missing'],
    ['csv', '', 'empty', 'nothing at all'],
    ['csv', 'id,name\n', 'empty', 'a header alone'],
    ['csv', 'id,name\n1\n2\n3,José\n', 'too_many_broken', 'two of three rows'],
    ['opensanctions-jsonl', `{"id":"${'x'.repeat(1_100_000)}`, 'line_too_long', 'a line without end'],
  ]
  it.each(REFUSED.map(([format, text, code, why]) => [why, code, format, text] as const))(
    '%s: %s',
    async (_why, code, format, text) => {
      await expect(read(format, typeof text === 'string' ? text : [text])).rejects.toMatchObject({ code })
    },
  )

  it('a gigabyte in one line is refused long before it is read', async () => {
    let given = 0
    function* endless(): Generator<Uint8Array> {
      yield Buffer.from('id,name\n1,"')
      for (; given < 1024; given++) yield Buffer.alloc(1024 * 1024, 'x')
    }

    await expect(read('csv', endless())).rejects.toMatchObject({ code: 'line_too_long' })
    expect(given).toBeLessThan(10)
  })
})

it.each<[ListFormat, string, string[]]>([
  [
    'csv',
    'id,name\n1,José\n2,\n3,Ana\n,Eva\n4,Sara,x\n5,Luz\n6,Paz\n',
    ['3 name_missing', '5 id_missing', '6 columns_wrong'],
  ],
  ['csv', `id,name\n1,José\n2,${'x'.repeat(600)}\n`, ['3 name_too_long']],
  ['csv', 'id,name,kind\n1,José,\n2,Ana,ship\n', ['3 kind_unknown']],
  ['ofac-csv', '1,"A","individual","X",-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-\nbroken,row\n', ['2 columns_wrong']],
  ['opensanctions-jsonl', '{"id":"1","schema":"Person","caption":"José"}\n{"id":\n', ['2 json_invalid']],
])('%s: broken rows are told with line and reason, and the others are taken', async (format, text, expected) => {
  const { entries, broken } = await read(format, text)

  expect(broken).toEqual(expected)
  expect(entries.length).toBeGreaterThan(0)
})
