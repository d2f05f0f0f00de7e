import type { Language } from '@pisto/contract'

/**
 * The language for problems' texts: the first of Spanish and English that the caller prefers, else English.
 *
 * @see RFC 9110 section 12.5.4
 */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',', 20)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean)
      return { language: tag.trim().split('-', 1).join(''), quality: Number(quality ?? 1) }
    })
    .filter(({ language, quality }) => (language === 'es' || language === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return wanted[0]?.language === 'es' ? 'es' : 'en'
}
