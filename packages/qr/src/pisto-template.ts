import type { MerchantFields, PlainOrTemplate, SubFields } from './fields.ts'

/** The GUID Pisto writes unless configured otherwise. */
export const DEFAULT_GUID = 'org.pisto'

/** Characters of a configured GUID: two signature templates of 99 characters leave room for no more. */
const MAX_OWN_GUID = 26

/** Who is paid, and by which code or for which request: Pisto's account template. */
export interface PistoTemplate {
  /** `01`: short code of the bank that issued the code, like `gtbank`. */
  readonly tenantCode: string
  /** `02`: alias of the payee, 12 digits. */
  readonly alias: string
  /** `03`, dynamic codes only: the payment request's id, the 26 characters without prefix. */
  readonly requestId?: string
  /** `04`, codes that a merchant keeps: the code's own id, the 26 characters without prefix. Never beside `03`. */
  readonly codeId?: string
}

/** Which network's codes are ours. */
export interface GuidOption {
  /** At most 26 characters. Default `org.pisto`. */
  readonly guid?: string
}

const SHAPES = {
  tenantCode: /^[a-z0-9]{1,12}$/,
  alias: /^\d{12}$/,
  requestId: /^[0-7][0-9a-hjkmnp-tv-z]{25}$/,
  codeId: /^[0-7][0-9a-hjkmnp-tv-z]{25}$/,
} as const

/** Objects that templates of ours have: others mean another version, which this reader does not know. */
const IDS: ReadonlySet<string> = new Set(['00', '01', '02', '03', '04'])

/**
 * Reads Pisto's template from the accounts of a code.
 *
 * @returns `undefined` if there is none, more than one, or one that is malformed: see
 *   {@link claimsPisto} to tell a foreign code from a broken one of ours.
 * @example
 * pistoTemplate({ merchantAccounts: { '26': { '00': 'org.pisto', '01': 'gtbank', '02': '123456789012' } } })
 * // { tenantCode: 'gtbank', alias: '123456789012' }
 */
export function pistoTemplate(
  fields: Pick<Partial<MerchantFields>, 'merchantAccounts'>,
  { guid = DEFAULT_GUID }: GuidOption = {},
): PistoTemplate | undefined {
  const claims = templatesOf(fields, guid)
  const [template] = claims
  if (template === undefined || claims.length > 1 || template['00'] !== guid) return undefined
  if (!Object.keys(template).every((id) => IDS.has(id))) return undefined
  const { '01': tenantCode = '', '02': alias = '', '03': requestId, '04': codeId } = template
  if (!SHAPES.tenantCode.test(tenantCode) || !SHAPES.alias.test(alias)) return undefined
  if (requestId !== undefined && codeId !== undefined) return undefined
  if (requestId !== undefined) return SHAPES.requestId.test(requestId) ? { tenantCode, alias, requestId } : undefined
  if (codeId !== undefined) return SHAPES.codeId.test(codeId) ? { tenantCode, alias, codeId } : undefined
  return { tenantCode, alias }
}

/**
 * Does the code claim to be one of ours? Also in other letters (`ORG.PISTO`): a wallet of another
 * make may take it for ours, so it must not pass as a foreign code.
 */
export function claimsPisto(
  fields: Pick<Partial<MerchantFields>, 'merchantAccounts'>,
  { guid = DEFAULT_GUID }: GuidOption = {},
): boolean {
  return templatesOf(fields, guid).length > 0
}

/**
 * Adds Pisto's template to the accounts of a code, at the first free object of 26 to 51.
 *
 * @throws {RangeError} A value is not of its shape, both ids are given, the GUID is too long, or no object is free.
 * @example
 * withPistoTemplate({}, { tenantCode: 'gtbank', alias: '123456789012' })
 * // { '26': { '00': 'org.pisto', '01': 'gtbank', '02': '123456789012' } }
 */
export function withPistoTemplate(
  accounts: Readonly<Record<string, PlainOrTemplate>>,
  { tenantCode, alias, requestId, codeId }: PistoTemplate,
  { guid = DEFAULT_GUID }: GuidOption = {},
): Record<string, PlainOrTemplate> {
  requireShape('tenantCode', tenantCode)
  requireShape('alias', alias)
  if (requestId !== undefined) requireShape('requestId', requestId)
  if (codeId !== undefined) requireShape('codeId', codeId)
  if (requestId !== undefined && codeId !== undefined) throw new RangeError('a code is for a request or has its own id')
  requireGuid(guid)
  const free = Array.from({ length: 26 }, (_, index) => `${26 + index}`).find((id) => !Object.hasOwn(accounts, id))
  if (free === undefined) throw new RangeError('objects 26 to 51 are all taken')
  const ids = { ...(requestId !== undefined && { '03': requestId }), ...(codeId !== undefined && { '04': codeId }) }
  return { ...accounts, [free]: { '00': guid, '01': tenantCode, '02': alias, ...ids } }
}

/** @throws {RangeError} unless the signature templates can hold the GUID. */
export function requireGuid(guid: string): void {
  if (!/^[!-~]+$/.test(guid) || guid.length > MAX_OWN_GUID) {
    throw new RangeError(`a GUID has 1 to ${MAX_OWN_GUID} printable ASCII characters: "${guid}"`)
  }
}

function requireShape(name: keyof typeof SHAPES, value: string): void {
  if (!SHAPES[name].test(value)) throw new RangeError(`not a ${name}: "${value}"`)
}

function templatesOf(
  { merchantAccounts = {} }: Pick<Partial<MerchantFields>, 'merchantAccounts'>,
  guid: string,
): SubFields[] {
  const ours = guid.toLowerCase()
  return Object.values(merchantAccounts).filter(
    (account): account is SubFields => typeof account !== 'string' && account['00']?.trim().toLowerCase() === ours,
  )
}
