import type { ScreeningSubject } from '@pisto/identity/screening'

/** An entry of a list, as Pisto screens by it. */
export interface ListEntry extends ScreeningSubject {
  /** The list's own number of it, up to 100 characters. */
  readonly id: string
  /** Under which programmes or laws it is listed. */
  readonly programs?: readonly string[]
  readonly remarks?: string
}

/** Why one row of a file became no entry. */
export type BrokenReason =
  | 'id_missing'
  | 'name_missing'
  | 'name_too_long'
  | 'columns_wrong'
  | 'json_invalid'
  | 'kind_unknown'
  | 'unknown_entry'

/** What reading a list gives, piece by piece; `passedOver` are ships, aircraft and the like. */
export type ListItem =
  | { readonly kind: 'entry'; readonly line: number; readonly entry: ListEntry }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: BrokenReason }
  | { readonly kind: 'passedOver'; readonly line: number; readonly what: string }

/** A file, as it comes from disk or network. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export const entryItem = (line: number, entry: ListEntry): ListItem => {
  if (entry.id === '') return broken(line, 'id_missing')
  if (entry.name === '') return broken(line, 'name_missing')
  if ([entry.name, ...(entry.aliases ?? [])].some((name) => name.length > NAME_MAX))
    return broken(line, 'name_too_long')
  return { kind: 'entry', line, entry }
}

export const broken = (line: number, reason: BrokenReason): ListItem => ({ kind: 'broken', line, reason })

const NAME_MAX = 500
