import type { ScreeningSubject } from '@pisto/identity/screening'

/** Two subjects, and whether a person must see them side by side. */
export interface LabelledPair {
  readonly kind: string
  readonly query: ScreeningSubject
  readonly entry: ScreeningSubject
  readonly match: boolean
}
