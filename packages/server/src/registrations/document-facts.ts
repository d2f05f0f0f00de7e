import type { DocumentFacts } from './dossier.ts'

/**
 * Of each kind of document: the last day of what is kept, and why the newest was not accepted, if it was not.
 *
 * @param documents A table with its condition, of one person's documents.
 * @returns An expression for `toDocumentFacts`.
 */
export const documentFacts = (documents: string): string =>
  `(select json_build_object(
      'lastDays', json_object_agg(f.kind, f.last_day) filter (where f.is_kept),
      'rejected', json_object_agg(f.kind, f.reasons) filter (where f.reasons is not null))::text
    from (
      select kind, bool_or(status = 'stored') as is_kept, (array_agg(verdict_reasons order by id desc))[1] as reasons,
        case when bool_or(status = 'stored' and expires_on is null) then null
          else max(expires_on) filter (where status = 'stored') end as last_day
      from ${documents} and status in ('stored', 'expired', 'rejected') group by kind
    ) f)`

/** @param facts Null: not read. */
export function toDocumentFacts(facts: string | null): DocumentFacts {
  const { lastDays, rejected } = facts === null ? {} : JSON.parse(facts)
  return { lastDays: lastDays ?? {}, rejected: rejected ?? {} }
}
