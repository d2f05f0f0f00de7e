import type { Guide } from './guide.ts'

/** About lists, screenings and cases. */
// biome-ignore format: a paragraph a line
export const SCREENING_GUIDES = {
  screening_list_not_found: [
    'Your tenant has no list of this id. Lists are a tenant’s own: what another tenant loaded is not yours.',
    'List what there is with `GET /v1/screening-lists`, or load the list.',
    'Su institución no tiene una lista con este identificador. Las listas son de cada institución: lo que otra cargó no es suyo.',
    'Vea las que hay con `GET /v1/screening-lists`, o cargue la lista.',
  ],
  screening_list_wrong_status: [
    'Entries are added, and a list is activated, while it is `loading`; it is withdrawn while it is `active`. A version that was active is never changed, so that what was decided on it can be decided again.',
    'For other entries load a new version under the same name: activating it replaces the one before.',
    'Se agregan registros y se activa una lista mientras está en `loading`; se retira mientras está `active`. Una versión que estuvo activa no cambia nunca, para poder repetir lo que se decidió con ella.',
    'Para otros registros cargue una versión nueva con el mismo nombre: al activarla reemplaza a la anterior.',
  ],
  screening_list_window_invalid: [
    '`validTo` is not after `validFrom`: such a list would find nobody, ever.',
    'Correct the legal window, or leave `validTo` out when the law names no end.',
    '`validTo` no es posterior a `validFrom`: una lista así no encontraría a nadie, nunca.',
    'Corrija la vigencia legal, u omita `validTo` si la ley no fija un final.',
  ],
  screening_list_incomplete: [
    'The list has not as many entries as you say it should: some are missing, or were added twice under different ids. It stays out of force.',
    'Send the entries that are missing and activate again; what is there already changes nothing.',
    'La lista no tiene tantos registros como usted indica: faltan algunos, o se agregaron dos veces con identificadores distintos. No entra en vigor.',
    'Envíe los registros que faltan y active de nuevo; lo que ya está no cambia nada.',
  ],
  screening_entry_duplicate: [
    'An entry with this id, and with another content, is in the list already.',
    'Look for the id in your file: two rows share it. Give each entry one id.',
    'Ya hay en la lista un registro con este identificador y otro contenido.',
    'Busque el identificador en su archivo: dos filas lo comparten. Dé a cada registro un identificador.',
  ],
} as const satisfies Record<string, Guide>
