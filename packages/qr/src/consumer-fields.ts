import type { BerObject } from './ber.ts'
import { decodeElement, ELEMENTS, type ElementName } from './consumer-elements.ts'

/** An object that has no name here: both in upper-case hexadecimal digits. */
export interface RawObject {
  readonly tag: string
  readonly value: string
}

/**
 * What an application template, or the template for all applications, says.
 *
 * `track2`, `applicationVersion` and raw values are upper-case hexadecimal digits, numbers are texts of digits,
 * `languages` two letters for each language (`esen`).
 */
export interface ConsumerData extends Readonly<Partial<Record<ElementName, string>>> {
  /** Template `63` of an application, `64` of the common data: cryptograms and the like, read by the network alone. */
  readonly transparent?: readonly RawObject[]
  /** What has no name here, or is not of its element's form. */
  readonly other?: readonly RawObject[]
}

/** One way to pay, by its network. */
export interface ConsumerApplication extends ConsumerData {
  /** `4F`: 5 to 16 bytes in upper-case hexadecimal digits. */
  readonly aid: string
}

/** What a consumer-presented code says. */
export interface ConsumerFields {
  /** At least one, the payer's first choice first. */
  readonly applications: readonly ConsumerApplication[]
  /** For all of them. */
  readonly common?: ConsumerData
  /** Root objects without a name. */
  readonly other?: readonly RawObject[]
}

/** @param objects Of a code that keeps the rules. */
export function consumerFieldsOf(objects: readonly BerObject[]): ConsumerFields {
  const applications = objects.filter(({ tag }) => tag === '61').map(({ children = [] }) => applicationOf(children))
  const [common, ...more] = objects.filter(({ tag }) => tag === '62')
  const other = [...objects.filter(({ tag }) => !ROOT_TAGS.has(tag)), ...more].map(rawOf)
  return {
    applications,
    ...(common?.children && { common: dataOf(common.children, '64') }),
    ...(other.length > 0 && { other }),
  }
}

const ROOT_TAGS: ReadonlySet<string> = new Set(['85', '61', '62'])

function applicationOf(objects: readonly BerObject[]): ConsumerApplication {
  const aid = objects.find(({ tag }) => tag === '4F')
  return {
    aid: aid?.value ?? '',
    ...dataOf(
      objects.filter((object) => object !== aid),
      '63',
    ),
  }
}

function dataOf(objects: readonly BerObject[], transparentTag: '63' | '64'): ConsumerData {
  const named: Partial<Record<ElementName, string>> = {}
  const other: RawObject[] = []
  let transparent: readonly RawObject[] | undefined
  for (const object of objects) {
    const name = NAMES.get(object.tag)
    const value = name === undefined ? undefined : decodeElement(ELEMENTS[name], object.value)
    if (name !== undefined && value !== undefined && named[name] === undefined) named[name] = value
    else if (object.tag === transparentTag && transparent === undefined)
      transparent = (object.children ?? []).map(rawOf)
    else other.push(rawOf(object))
  }
  return { ...named, ...(transparent && { transparent }), ...(other.length > 0 && { other }) }
}

const NAMES: ReadonlyMap<string, ElementName> = new Map(
  Object.entries(ELEMENTS).map(([name, { tag }]) => [tag, name as ElementName]),
)

const rawOf = ({ tag, value }: BerObject): RawObject => ({ tag, value })
