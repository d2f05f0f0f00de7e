import type { PersonLocale } from '../registrations/registration.ts'

/** The SMS to the old number: neither a name nor the new number, for whoever has the phone now reads it. */
export const PHONE_CHANGED: Readonly<Record<PersonLocale, string>> = {
  es: 'Su cuenta de Pisto ya no usa este teléfono. Si usted no lo pidió, avise ya a su institución.',
  en: 'Your Pisto account no longer uses this phone. If you did not ask for it, tell your institution at once.',
}
