import type { Add } from '../database/conditions.ts'

/**
 * Conditions on a transaction `t` that only its leaf can answer. The text is looked through first: that is cheap, and
 * most leaves need not be parsed.
 */
export const hasPurpose = (purpose: string, add: Add): string =>
  `strpos(t.leaf, ${add(`"purpose":${JSON.stringify(purpose)}`)}) > 0 and t.leaf::json ->> 'purpose' = ${add(purpose)}`

/** Whether one of the references is this id. */
export const hasReference = (reference: string, add: Add): string =>
  `strpos(t.leaf, ${add(JSON.stringify(reference))}) > 0
   and exists (select 1 from json_each_text(t.leaf::json -> 'references') r where r.value = ${add(reference)})`
