import type { PersonLocale } from '../registrations/registration.ts'

const NAME_LENGTH = 40

const TEXTS: Readonly<Record<PersonLocale, (shop: string) => string>> = {
  es: (shop) => `${shop} le invita a cobrar con Pisto. Entre a la app con este teléfono para aceptar.`,
  en: (shop) => `${shop} invites you to charge with Pisto. Sign in to the app with this phone to accept.`,
}

/** The SMS that tells somebody of an invitation: no link, so that nobody learns to follow one. */
export const invitationFor = (shop: string, locale: PersonLocale): string => TEXTS[locale](shop.slice(0, NAME_LENGTH))
