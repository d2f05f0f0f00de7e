import type { ProblemRow } from './problem-row.ts'

/** Why a document is not taken. */
export const DOCUMENT_PROBLEMS = {
  document_limit_reached: {
    status: 422,
    title: 'There are too many documents already',
    titleEs: 'Ya hay demasiados documentos',
    detail: 'At most {limit}.',
    detailEs: 'Como máximo {limit}.',
  },
  document_date_invalid: {
    status: 422,
    title: 'The document has expired, or its date does not exist',
    titleEs: 'El documento venció o su fecha no existe',
  },
  document_wrong_status: {
    status: 409,
    title: 'The document cannot do this in its present status',
    titleEs: 'El documento no puede hacer esto en su estado actual',
    detail: 'The status is {status}.',
    detailEs: 'El estado es {status}.',
  },
  document_offset_wrong: {
    status: 409,
    title: 'Other bytes come next',
    titleEs: 'Siguen otros bytes',
    detail: 'The next byte is number {offset}.',
    detailEs: 'El siguiente byte es el número {offset}.',
  },
  document_part_too_long: {
    status: 422,
    title: 'These are more bytes than the file has',
    titleEs: 'Son más bytes de los que tiene el archivo',
    detail: 'The file has {byteLength} bytes.',
    detailEs: 'El archivo tiene {byteLength} bytes.',
  },
  document_incomplete: {
    status: 409,
    title: 'Some bytes of the file are still missing',
    titleEs: 'Todavía faltan bytes del archivo',
    detail: 'The next byte is number {offset}.',
    detailEs: 'El siguiente byte es el número {offset}.',
  },
  document_refused: {
    status: 422,
    title: 'The file is not one that can be kept',
    titleEs: 'El archivo no se puede guardar',
    detail: 'The reason is {reason}.',
    detailEs: 'El motivo es {reason}.',
  },
} as const satisfies Record<string, ProblemRow>
