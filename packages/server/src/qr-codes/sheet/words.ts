import type { Language } from '@pisto/contract'

/** The words of a sheet that hangs in a shop. */
export const WORDS = {
  en: {
    heading: 'Scan to pay',
    alias: 'or pay to this alias',
    amount: (amount: string) => `Amount ${amount}`,
    tip: 'plus a tip, if you like',
    fee: (fee: string) => `plus ${fee} for service`,
    once: 'for one payment',
    end: (day: string) => `until ${day}`,
    playMoney: 'Sandbox: play money, nobody is paid',
  },
  es: {
    heading: 'Escanee para pagar',
    alias: 'o pague a este alias',
    amount: (amount: string) => `Monto ${amount}`,
    tip: 'más propina, si gusta',
    fee: (fee: string) => `más ${fee} por servicio`,
    once: 'para un solo pago',
    end: (day: string) => `hasta el ${day}`,
    playMoney: 'Ambiente de pruebas: dinero ficticio, no se paga a nadie',
  },
} as const satisfies Record<Language, Record<string, string | ((part: string) => string)>>
