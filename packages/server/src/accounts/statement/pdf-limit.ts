import { PistoProblem } from '@pisto/contract'
import type { StatementFrame } from '@pisto/ledger'

/** Nobody turns more pages, and drawing them would keep this process from its payments. */
export const PDF_ENTRIES = 10_000

/** @throws {PistoProblem} `request_invalid`: more entries than are printed */
export function requirePrintable({ debits, credits }: Pick<StatementFrame, 'debits' | 'credits'>): void {
  if (debits.count + credits.count <= PDF_ENTRIES) return
  throw new PistoProblem(
    'request_invalid',
    {},
    {
      errors: [
        {
          pointer: '/format',
          code: 'too_many_entries',
          message: `A PDF has at most ${PDF_ENTRIES} entries; ask for fewer days, or for csv`,
          messageEs: `Un PDF tiene como máximo ${PDF_ENTRIES} movimientos; pida menos días, o csv`,
        },
      ],
    },
  )
}
