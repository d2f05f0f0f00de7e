import type { ProblemRow } from './problem-row.ts'

/** Problems of agents and of their offline journals. Those of single operations come inside the results of a sync. */
export const AGENT_PROBLEMS = {
  agent_not_found: { status: 404, title: 'No such agent', titleEs: 'No existe ese agente' },
  agent_device_not_found: {
    status: 404,
    title: 'No such device of an agent',
    titleEs: 'No existe ese dispositivo de un agente',
  },
  agent_wrong_status: {
    status: 409,
    title: 'The agent cannot do this in its present status',
    titleEs: 'El agente no puede hacer esto en su estado actual',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  agent_device_revoked: {
    status: 409,
    title: 'This device was revoked: nothing more is taken from it',
    titleEs: 'Este dispositivo fue revocado: ya no se recibe nada de él',
  },
  device_key_taken: {
    status: 422,
    title: 'This key is another device’s already',
    titleEs: 'Esta clave ya es de otro dispositivo',
  },
  attestation_invalid: {
    status: 422,
    title: 'The agent’s attestation is missing or does not hold',
    titleEs: 'La declaración del agente falta o no es válida',
    detail: 'The reason is {reason}.',
    detailEs: 'El motivo es {reason}.',
  },
  registration_edited: {
    status: 409,
    title: 'Somebody else has edited the same fields meanwhile',
    titleEs: 'Mientras tanto otra persona editó los mismos campos',
    detail: 'The fields are {fields}.',
    detailEs: 'Los campos son {fields}.',
  },
  sync_subject_unknown: {
    status: 422,
    title: 'The journal speaks of somebody whom it has not registered',
    titleEs: 'El diario habla de alguien a quien no ha registrado',
  },
  sync_previous_refused: {
    status: 422,
    title: 'What this operation builds on was refused',
    titleEs: 'Se rechazó aquello en lo que se basa esta operación',
  },
  sync_sequence_taken: {
    status: 422,
    title: 'The device has sent another operation with this sequence number',
    titleEs: 'El dispositivo envió otra operación con este número de secuencia',
  },
  sync_choice_invalid: {
    status: 422,
    title: 'There is no such choice: the conflict is settled, or does not leave it',
    titleEs: 'No existe esa opción: el conflicto ya se resolvió o no la permite',
  },
} as const satisfies Record<string, ProblemRow>
