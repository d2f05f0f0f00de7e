import { AGENT_PROBLEMS } from './agent-problems.ts'
import { DOCUMENT_PROBLEMS } from './document-problems.ts'
import { MONEY_PROBLEMS } from './money-problems.ts'
import { PORT_PROBLEMS } from './port-problems.ts'
import type { ProblemRow } from './problem-row.ts'
import { REGISTRATION_PROBLEMS } from './registration-problems.ts'
import { SCREENING_PROBLEMS } from './screening-problems.ts'

/**
 * Every way a Pisto request can fail. Adding a row here is the only way to add an error.
 *
 * 400 = the schema refuses, 409 = the present status refuses, 422 = a rule refuses.
 * `detail` may name facts as `{available}`; they are filled in when the problem is shown.
 */
export const PROBLEMS = {
  // the request itself
  request_invalid: {
    status: 400,
    title: 'The request does not match the contract',
    titleEs: 'La solicitud no cumple el contrato',
  },
  body_malformed: {
    status: 400,
    title: 'The body is not valid JSON in UTF-8',
    titleEs: 'El cuerpo no es JSON válido en UTF-8',
  },
  file_refused: {
    status: 400,
    title: 'The file cannot be imported',
    titleEs: 'El archivo no se puede importar',
  },
  idempotency_key_required: {
    status: 400,
    title: 'This operation moves money and needs the header Idempotency-Key',
    titleEs: 'Esta operación mueve dinero y necesita el encabezado Idempotency-Key',
  },
  unauthenticated: {
    status: 401,
    title: 'A valid key is needed',
    titleEs: 'Se necesita una clave válida',
  },
  session_ended: {
    status: 401,
    title: 'This session has ended; sign in again',
    titleEs: 'Esta sesión terminó; vuelva a entrar',
  },
  host_refused: {
    status: 403,
    title: 'This server does not answer under that host name',
    titleEs: 'Este servidor no responde con ese nombre de host',
  },
  origin_refused: {
    status: 403,
    title: 'Web pages from elsewhere may not call this server',
    titleEs: 'Las páginas web de otro origen no pueden llamar a este servidor',
  },
  scope_missing: {
    status: 403,
    title: 'The key does not allow this operation',
    titleEs: 'La clave no permite esta operación',
    detail: 'The scope {scope} is needed.',
    detailEs: 'Se necesita el permiso {scope}.',
  },
  route_not_found: {
    status: 404,
    title: 'There is nothing at this address',
    titleEs: 'No hay nada en esta dirección',
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not take that method',
    titleEs: 'Esta dirección no acepta ese método',
    detail: 'Allowed: {allow}.',
    detailEs: 'Se permite: {allow}.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    titleEs: 'El cuerpo es demasiado grande',
    detail: 'At most {limitBytes} bytes.',
    detailEs: 'Como máximo {limitBytes} bytes.',
  },
  media_type_unsupported: {
    status: 415,
    title: 'The body is not of the media type that this operation takes',
    titleEs: 'El cuerpo no es del tipo de contenido que esta operación acepta',
    detail: 'It takes {mediaType}.',
    detailEs: 'Acepta {mediaType}.',
  },
  request_timeout: {
    status: 408,
    title: 'The request did not arrive whole in time; send it again',
    titleEs: 'La solicitud no llegó completa a tiempo; envíela de nuevo',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests; try again later',
    titleEs: 'Demasiadas solicitudes; intente más tarde',
  },

  // idempotency
  idempotency_in_progress: {
    status: 409,
    title: 'A request with this key is still being worked on',
    titleEs: 'Una solicitud con esta clave todavía está en proceso',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This key was used with a different request',
    titleEs: 'Esta clave ya se usó con otra solicitud',
  },
  answer_erased: {
    status: 410,
    title: 'This was done before; its answer was erased with the person',
    titleEs: 'Esto ya se hizo; su respuesta se borró con la persona',
  },

  // what does not exist (for this tenant)
  person_erased: {
    status: 410,
    title: 'This person was erased: nothing about them is held any more',
    titleEs: 'Esta persona se borró: ya no se guarda nada sobre ella',
  },
  merchant_not_found: { status: 404, title: 'No such merchant', titleEs: 'No existe ese comercio' },
  consumer_not_found: { status: 404, title: 'No such consumer', titleEs: 'No existe ese consumidor' },
  policy_not_found: { status: 404, title: 'No policy of that country', titleEs: 'No hay normativa de ese país' },
  phone_verification_not_found: {
    status: 404,
    title: 'No such phone verification',
    titleEs: 'No existe esa verificación de teléfono',
  },
  document_not_found: { status: 404, title: 'No such document', titleEs: 'No existe ese documento' },
  account_not_found: { status: 404, title: 'No such account', titleEs: 'No existe esa cuenta' },
  transaction_not_found: { status: 404, title: 'No such transaction', titleEs: 'No existe esa transacción' },
  hold_not_found: { status: 404, title: 'No such hold', titleEs: 'No existe esa retención' },
  payment_request_not_found: { status: 404, title: 'No such payment request', titleEs: 'No existe ese cobro' },
  qr_code_not_found: { status: 404, title: 'No such QR code', titleEs: 'No existe ese código QR' },
  payment_not_found: { status: 404, title: 'No such payment', titleEs: 'No existe ese pago' },
  tenant_not_found: { status: 404, title: 'No such institution', titleEs: 'No existe esa institución' },
  key_not_found: { status: 404, title: 'No such key', titleEs: 'No existe esa clave de firma' },
  import_not_found: { status: 404, title: 'No such import', titleEs: 'No existe esa importación' },
  session_not_found: { status: 404, title: 'No such session', titleEs: 'No existe esa sesión' },
  member_not_found: { status: 404, title: 'No such member', titleEs: 'No existe ese miembro' },
  device_not_found: { status: 404, title: 'No such till', titleEs: 'No existe esa caja' },
  log_not_found: { status: 404, title: 'There is no log of that name', titleEs: 'No hay un registro con ese nombre' },
  proof_not_found: {
    status: 404,
    title: 'No proof yet: the next checkpoint is signed within a second',
    titleEs: 'Aún no hay prueba: el próximo punto de control se firma en menos de un segundo',
  },
  tile_not_found: { status: 404, title: 'The log has no such tile', titleEs: 'El registro no tiene esa pieza' },

  ...REGISTRATION_PROBLEMS,
  ...SCREENING_PROBLEMS,
  ...AGENT_PROBLEMS,
  ...DOCUMENT_PROBLEMS,
  ...PORT_PROBLEMS,

  // people: sessions, members
  session_wrong_status: {
    status: 409,
    title: 'This sign-in is already settled; begin a new one',
    titleEs: 'Este ingreso ya terminó; empiece uno nuevo',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  registration_exists: {
    status: 409,
    title: 'This person has a registration of that kind already',
    titleEs: 'Esta persona ya tiene un registro de ese tipo',
    detail: 'It is {id}.',
    detailEs: 'Es {id}.',
  },
  member_duplicate: {
    status: 409,
    title: 'Someone with this phone is a member already, or invited',
    titleEs: 'Alguien con este teléfono ya es miembro o está invitado',
  },
  member_wrong_status: {
    status: 409,
    title: 'The member cannot do this in its present status',
    titleEs: 'El miembro no puede hacer esto en su estado actual',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  last_owner: {
    status: 409,
    title: 'A shop keeps at least one owner; make somebody else owner first',
    titleEs: 'Un comercio conserva al menos un dueño; nombre antes a otro',
  },

  ...MONEY_PROBLEMS,

  // QR codes
  qr_invalid: {
    status: 422,
    title: 'This is not a payment code that can be read',
    titleEs: 'Este no es un código de pago que se pueda leer',
  },
  qr_signature_missing: {
    status: 422,
    title: 'The code claims to be from Pisto but is not signed',
    titleEs: 'El código dice ser de Pisto pero no está firmado',
  },
  qr_signature_invalid: {
    status: 422,
    title: 'The code was changed or forged: its signature is not genuine',
    titleEs: 'El código fue alterado o falsificado: su firma no es auténtica',
  },
  qr_foreign: {
    status: 422,
    title: 'The code belongs to another network and cannot be paid here',
    titleEs: 'El código es de otra red y no se puede pagar aquí',
  },
  qr_code_used: {
    status: 409,
    title: 'This code is for one payment, and is used or being used',
    titleEs: 'Este código es para un solo pago, y ya se usó o se está usando',
  },
  qr_code_expired: {
    status: 409,
    title: 'This code has expired; ask for a new one',
    titleEs: 'Este código venció; pida uno nuevo',
  },
  qr_code_revoked: {
    status: 409,
    title: 'The merchant has withdrawn this code; ask for the one that is valid now',
    titleEs: 'El comercio retiró este código; pida el que vale ahora',
  },

  // what an institution sets for itself
  policy_override_refused: {
    status: 422,
    title: 'The country’s policy does not let an institution set this',
    titleEs: 'La normativa del país no permite que una institución fije esto',
  },
  revision_stale: {
    status: 412,
    title: 'Somebody has edited this meanwhile; read it again',
    titleEs: 'Alguien lo editó mientras tanto; léalo de nuevo',
    detail: 'The present revision is {revision}.',
    detailEs: 'La revisión actual es {revision}.',
  },

  // keys
  key_in_force: {
    status: 409,
    title: 'Nothing else signs for this use at present; rotate the key first',
    titleEs: 'Por ahora ninguna otra clave firma para este uso; rote la clave primero',
  },

  // the service
  internal: { status: 500, title: 'Something failed on our side', titleEs: 'Algo falló de nuestro lado' },
  overloaded: {
    status: 503,
    title: 'Too much at once; try again shortly',
    titleEs: 'Demasiado a la vez; intente de nuevo en breve',
  },
  unavailable: {
    status: 503,
    title: 'The service is starting, stopping or without its database',
    titleEs: 'El servicio está iniciando, deteniéndose o sin su base de datos',
  },
  log_unsigned: {
    status: 503,
    title: 'The log is not signed at present: money moves, new proofs must wait for an operator',
    titleEs: 'El registro no se está firmando: el dinero se mueve, las pruebas nuevas esperan a un operador',
  },
  clock_behind: {
    status: 503,
    title: 'The clock of this server is behind the ledger; it does not write',
    titleEs: 'El reloj de este servidor está atrasado respecto al libro; no escribe',
  },
} as const satisfies Record<string, ProblemRow>

export type ProblemCode = keyof typeof PROBLEMS

/** Languages in which problems are told. */
export type Language = 'en' | 'es'

/** A field of the request (RFC 6901 pointer) and the rule it breaks. */
export interface FieldError {
  readonly pointer: string
  readonly code: string
  readonly message: string
  readonly messageEs: string
}

/** What the caller gets: RFC 9457 §3, as `application/problem+json`. `type` is a page in docs/reference/problems. */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  readonly facts: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]
  readonly traceId: string
}

/** Thrown by services. `facts` and `errors` are shown to the caller: nothing personal, no SQL, no stack. */
export class PistoProblem extends Error {
  override readonly name: string = 'PistoProblem'
  readonly code: ProblemCode
  readonly facts: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]

  constructor(
    code: ProblemCode,
    facts: Readonly<Record<string, string>> = {},
    options: ErrorOptions & { errors?: readonly FieldError[] } = {},
  ) {
    super(describe(code, facts, 'en'), options)
    this.code = code
    this.facts = facts
    this.errors = options.errors ?? []
  }

  get status(): number {
    return PROBLEMS[this.code].status
  }
}

/** Nothing of that id exists for this tenant. */
export class NotFound extends PistoProblem {
  override readonly name = 'NotFound'
}

/** The present status refuses. */
export class WrongStatus extends PistoProblem {
  override readonly name = 'WrongStatus'
}

/** A fact's place in a detail. */
const FACT = /\{(\w+)\}/g

/** The sentence for people: the row's detail with the facts filled in, or its title where one is missing. */
export function describe(code: ProblemCode, facts: Readonly<Record<string, string>>, language: Language): string {
  const row: ProblemRow = PROBLEMS[code]
  const [title, detail] = language === 'es' ? [row.titleEs, row.detailEs] : [row.title, row.detail]
  if (detail === undefined) return title
  const known = [...detail.matchAll(FACT)].every(([, name = '']) => facts[name] !== undefined)
  return known ? detail.replaceAll(FACT, (_, name: string) => facts[name] ?? '') : title
}

/** The problem as a document. @param baseUrl Where the catalogue's pages are, without a slash at the end. */
export function toProblemDocument(
  problem: PistoProblem,
  traceId: string,
  language: Language,
  baseUrl = 'https://pisto.example/problems',
): ProblemDocument {
  const row = PROBLEMS[problem.code]
  return {
    type: `${baseUrl}/${problem.code}`,
    title: language === 'es' ? row.titleEs : row.title,
    status: row.status,
    detail: describe(problem.code, problem.facts, language),
    code: problem.code,
    facts: problem.facts,
    errors: problem.errors,
    traceId,
  }
}
