import type { PersonLocale } from '../registration.ts'
import { CODE_SECONDS } from './states.ts'

const MINUTES = CODE_SECONDS / 60

const TEXTS: Readonly<Record<PersonLocale, (code: string) => string>> = {
  es: (code) => `Su código de Pisto es ${code}. Vence en ${MINUTES} minutos. No se lo dé a nadie.`,
  en: (code) => `Your Pisto code is ${code}. It is good for ${MINUTES} minutes. Give it to nobody.`,
}

/** The SMS with a one-time code, in the person's language; one SMS long. */
export const messageWith = (code: string, locale: PersonLocale): string => TEXTS[locale](code)
