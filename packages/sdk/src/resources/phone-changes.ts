import type { ConfirmPhoneChange, PhoneChange, StartPhoneChange } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { WriteOptions } from '../options.ts'

/** Somebody has another phone; see docs/guides/sign-in.md. */
export interface PhoneChanges {
  /** Sends a code to the new phone: one's own, or for a key that of a registration. */
  start(change: StartPhoneChange, options?: WriteOptions): Promise<PhoneChange>
  /** From now on the new phone is theirs, and the old one nobody's. */
  confirm(phoneChangeId: string, confirmation: ConfirmPhoneChange, options?: WriteOptions): Promise<PhoneChange>
}

export function phoneChanges(http: Http): PhoneChanges {
  return {
    start: (body, options) => http.send('startPhoneChange', { body }, options),
    confirm: (phoneChangeId, body, options) => http.send('confirmPhoneChange', { phoneChangeId, body }, options),
  }
}
