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
  screening_not_found: [
    'Your tenant has no screening of this id.',
    'List them with `GET /v1/screenings`, for one person with `?personId=…`.',
    'Su institución no tiene una revisión de listas con este identificador.',
    'Véalas con `GET /v1/screenings`; las de una persona, con `?personId=…`.',
  ],
  screening_not_replayable: [
    'The person was erased, so what was asked cannot be read any more; or this version of Pisto has other rules than the one that decided. `facts.reason` says which.',
    'The explanation is kept, and `GET /v1/screenings/{id}` shows it, unless the person was erased; the hashes and decisions stand in the log. For older rules run the version that the screening’s `algorithm` names.',
    'La persona fue borrada y lo que se preguntó ya no se puede leer; o esta versión de Pisto tiene otras reglas que la que decidió. `facts.reason` dice cuál.',
    'La explicación está guardada y `GET /v1/screenings/{id}` la muestra, salvo que la persona haya sido borrada; los resúmenes y decisiones siguen en el registro. Para reglas anteriores ejecute la versión que indica `algorithm`.',
  ],
  case_not_found: [
    'Your tenant has no case of this id, or the screening was clear and has none.',
    'List cases with `GET /v1/cases`; a screening names its own in `caseId`.',
    'Su institución no tiene un caso con este identificador, o la revisión salió limpia y no tiene ninguno.',
    'Vea los casos con `GET /v1/cases`; una revisión indica el suyo en `caseId`.',
  ],
  case_wrong_status: [
    'A case is decided while it is `open`, `inReview` or `appealed`, and appealed while it is `confirmed`. `facts.status` names what it is now; another operator may have been quicker.',
    'Read the case again. What was decided wrongly and confirmed is appealed; what was cleared is screened anew.',
    'Un caso se decide mientras está en `open`, `inReview` o `appealed`, y se apela mientras está en `confirmed`. `facts.status` dice cómo está ahora; otro operador pudo ser más rápido.',
    'Lea el caso de nuevo. Lo confirmado por error se apela; lo que se descartó se revisa de nuevo.',
  ],
  case_open: [
    'A possible match with a list is not decided yet, and the person would be let in, or go up a tier, past it; or somebody with an open case of any kind would be erased. `facts.caseId` names the case; there may be more. Only where the possible match is itself why the registration is in review do the two operators who approve it decide the case with it, unless it was appealed.',
    'Decide the case (`POST /v1/cases/{caseId}/decide`), then ask again with a new idempotency key.',
    'Una posible coincidencia con una lista aún no está decidida, y la persona entraría, o subiría de nivel, sin esa decisión; o se borraría a alguien con un caso abierto de cualquier tipo. `facts.caseId` indica el caso; puede haber más. Solo cuando la posible coincidencia es el motivo de la revisión, los dos operadores que aprueban el registro deciden con ello el caso, salvo que esté apelado.',
    'Decida el caso (`POST /v1/cases/{caseId}/decide`) y luego vuelva a pedirlo con una clave de idempotencia nueva.',
  ],
  monitoring_rule_incomplete: [
    'An `underThreshold` rule needs `amount` and `percent`, a `newDevice` rule `amount`, a `dormantThenBusy` rule `dormantDays`; no kind takes others. A `count` of 1 is for `newDevice` alone. `facts.parameters` names what this kind takes.',
    'Send the rule again with these parameters and no others.',
    'Una regla `underThreshold` necesita `amount` y `percent`, una `newDevice` `amount`, una `dormantThenBusy` `dormantDays`; ningún tipo lleva otros. Un `count` de 1 es solo para `newDevice`. `facts.parameters` dice cuáles lleva este tipo.',
    'Envíe la regla de nuevo con estos parámetros y ningún otro.',
  ],
} as const satisfies Record<string, Guide>
