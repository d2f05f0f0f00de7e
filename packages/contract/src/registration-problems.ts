import type { ProblemRow } from './problem-row.ts'

/** The catalogue's rows about registrations, their reviews and their upgrades. */
export const REGISTRATION_PROBLEMS = {
  registration_invalid: {
    status: 422,
    title: 'The registration has mistakes to mend',
    titleEs: 'El registro tiene errores por corregir',
  },
  merchant_wrong_status: {
    status: 409,
    title: 'The merchant cannot do this in its present status',
    titleEs: 'El comercio no puede hacer esto en su estado actual',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  consumer_wrong_status: {
    status: 409,
    title: 'The consumer cannot do this in its present status',
    titleEs: 'El consumidor no puede hacer esto en su estado actual',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  review_assigned: {
    status: 409,
    title: 'Another operator works on this review',
    titleEs: 'Otro operador está trabajando en esta revisión',
    detail: 'It is with {assignedTo}.',
    detailEs: 'La tiene {assignedTo}.',
  },
  second_operator_needed: {
    status: 422,
    title: 'Another operator has to approve this one',
    titleEs: 'Lo tiene que aprobar otro operador',
    detail: 'It was proposed by {proposedBy}.',
    detailEs: 'La propuso {proposedBy}.',
  },
  decision_not_found: { status: 404, title: 'No such decision', titleEs: 'No existe esa decisión' },
  evidence_verified: {
    status: 409,
    title: 'The institution has verified this, and changes it with you',
    titleEs: 'La institución ya verificó esto, y lo cambia con usted',
    detail: 'Verified for the present tier: {evidence}.',
    detailEs: 'Verificado para el nivel actual: {evidence}.',
  },
  tier_age: {
    status: 422,
    title: 'This person is too young for the tier',
    titleEs: 'Esta persona es muy joven para el nivel',
    detail: 'Tier {tier} is for people of {years} years and more.',
    detailEs: 'El nivel {tier} es para personas de {years} años o más.',
  },
  tier_highest: {
    status: 409,
    title: 'There is no higher tier',
    titleEs: 'No hay un nivel más alto',
    detail: 'It is on tier {tier}.',
    detailEs: 'Está en el nivel {tier}.',
  },
  requirements_missing: {
    status: 422,
    title: 'Something is still needed before this can be submitted',
    titleEs: 'Todavía falta algo antes de poder enviarlo',
    detail: 'Still needed: {currentlyDue}.',
    detailEs: 'Falta: {currentlyDue}.',
  },
  code_mismatch: {
    status: 422,
    title: 'That is not the code that was sent',
    titleEs: 'Ese no es el código que se envió',
    detail: '{triesLeft} tries left.',
    detailEs: 'Quedan {triesLeft} intentos.',
  },
  code_expired: {
    status: 422,
    title: 'The code is no longer valid; ask for a new one',
    titleEs: 'El código ya no es válido; pida uno nuevo',
  },
  code_tries_exhausted: {
    status: 422,
    title: 'Too many wrong codes; ask for a new one',
    titleEs: 'Demasiados códigos incorrectos; pida uno nuevo',
  },
  phone_verification_wrong_status: {
    status: 409,
    title: 'This phone verification is already settled',
    titleEs: 'Esta verificación de teléfono ya terminó',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  document_duplicate: {
    status: 422,
    title: 'Someone is already registered with this document',
    titleEs: 'Ya hay alguien registrado con este documento',
  },
  phone_duplicate: {
    status: 422,
    title: 'Someone is already registered with this phone',
    titleEs: 'Ya hay alguien registrado con este teléfono',
  },
} as const satisfies Record<string, ProblemRow>
