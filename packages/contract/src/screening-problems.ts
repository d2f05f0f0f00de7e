import type { ProblemRow } from './problem-row.ts'

/** What can fail about lists, screenings and cases. */
export const SCREENING_PROBLEMS = {
  screening_list_not_found: { status: 404, title: 'No such list', titleEs: 'No existe esa lista' },
  screening_list_wrong_status: {
    status: 409,
    title: 'The list cannot do this in its present status',
    titleEs: 'La lista no puede hacer esto en su estado actual',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  screening_list_window_invalid: {
    status: 422,
    title: 'A list ends after it begins',
    titleEs: 'Una lista termina después de empezar',
  },
  screening_list_incomplete: {
    status: 422,
    title: 'The list has another number of entries than it should',
    titleEs: 'La lista tiene otra cantidad de registros que la debida',
    detail: 'It has {entryCount}.',
    detailEs: 'Tiene {entryCount}.',
  },
  screening_entry_duplicate: {
    status: 422,
    title: 'The list has another entry with this id',
    titleEs: 'La lista tiene otro registro con este identificador',
    detail: 'The id is {entryId}.',
    detailEs: 'El identificador es {entryId}.',
  },
  screening_not_found: { status: 404, title: 'No such screening', titleEs: 'No existe esa revisión de listas' },
  screening_not_replayable: {
    status: 409,
    title: 'This screening cannot be asked again',
    titleEs: 'Esta revisión de listas no se puede repetir',
    detail: 'Because of {reason}.',
    detailEs: 'Por {reason}.',
  },
  case_not_found: { status: 404, title: 'No such case', titleEs: 'No existe ese caso' },
  case_wrong_status: {
    status: 409,
    title: 'The case cannot do this in its present status',
    titleEs: 'El caso no puede hacer esto en su estado actual',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  case_open: {
    status: 409,
    title: 'A case about this person has to be decided first',
    titleEs: 'Primero hay que decidir un caso sobre esta persona',
    detail: 'The case is {caseId}.',
    detailEs: 'El caso es {caseId}.',
  },
  monitoring_rule_incomplete: {
    status: 422,
    title: 'A rule of this kind needs other parameters',
    titleEs: 'Una regla de este tipo necesita otros parámetros',
    detail: 'Needed: {parameters}.',
    detailEs: 'Se necesita: {parameters}.',
  },
} as const satisfies Record<string, ProblemRow>
