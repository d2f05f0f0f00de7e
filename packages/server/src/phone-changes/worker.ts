import type { CompanionRow, Ledger } from '@pisto/ledger'
import { decideDue } from '../platform/due/decide-due.ts'
import { type DueHandler, scheduleDue } from '../platform/due/due.ts'
import { endOfDay } from '../registrations/local-days.ts'
import { forgetPhones } from './store.ts'

const DUE_KIND = 'phone.forget'

/** At the end of the month, with which the counters of limits begin anew. @param today Local day, ISO 8601. */
export function forgetting(registrationId: string, today: string, timeZone: string): CompanionRow {
  const day = Temporal.PlainDate.from(today)
  const last = day.with({ day: day.daysInMonth }).toString()
  return scheduleDue.row({
    ...{ kind: DUE_KIND, reference: `${registrationId} ${last}`, dueAt: endOfDay(last, timeZone) },
  })
}

/** What was left in a month that is over is nobody's any more. */
export const phoneChangeDueHandlers = ({
  ledger,
}: {
  readonly ledger: Ledger
}): Readonly<Record<string, DueHandler>> => ({
  [DUE_KIND]: (item) =>
    decideDue(ledger, item, async () => ({
      purpose: 'phone.forgotten',
      companions: [forgetPhones.row({ registrationId: item.reference.split(' ')[0] ?? '' })],
      answer: null,
    })),
})
