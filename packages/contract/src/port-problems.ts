import type { ProblemRow } from './problem-row.ts'

/** Problems of merchants who move to another institution. */
export const PORT_PROBLEMS = {
  port_not_found: {
    status: 404,
    title: 'No such move of a merchant',
    titleEs: 'No existe ese traslado de un comercio',
  },
  port_wrong_status: {
    status: 409,
    title: 'The move cannot do this in its present status',
    titleEs: 'El traslado no puede hacer esto en su estado actual',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  port_pending: {
    status: 422,
    title: 'This merchant is being moved already',
    titleEs: 'Este comercio ya se está trasladando',
    detail: 'By {portId}.',
    detailEs: 'Por {portId}.',
  },
  port_to_self: {
    status: 422,
    title: 'The merchant is at this institution already',
    titleEs: 'El comercio ya está en esta institución',
  },
  port_other_country: {
    status: 422,
    title: 'That institution is in another country, or in another mode: register anew there',
    titleEs: 'Esa institución es de otro país, o de otro modo: regístrese de nuevo ahí',
    detail: 'It is in {country}.',
    detailEs: 'Está en {country}.',
  },
  port_merchant_held: {
    status: 422,
    title: 'A case about this merchant must be decided first',
    titleEs: 'Antes debe resolverse un caso sobre este comercio',
  },
  port_bundle_invalid: {
    status: 422,
    title: 'The evidence is not signed by the institution that it names',
    titleEs: 'La evidencia no está firmada por la institución que nombra',
    detail: 'The reason is {reason}.',
    detailEs: 'El motivo es {reason}.',
  },
  payee_moved: {
    status: 422,
    title: 'The payee has moved to another institution',
    titleEs: 'Quien cobra se trasladó a otra institución',
    detail: 'Its short name is {tenantCode}.',
    detailEs: 'Su nombre corto es {tenantCode}.',
  },
} as const satisfies Record<string, ProblemRow>
