import { PistoApiError, PistoConnectionError, PistoError } from '@pisto/sdk'
import { CommandFailure } from './failure.ts'

/** An error as lines for a person: what happened, then what to do about it. */
export function explain(error: unknown): readonly string[] {
  if (error instanceof CommandFailure) return [error.message, ...(error.hint === undefined ? [] : [error.hint])]
  if (error instanceof PistoApiError) return explainProblem(error)
  if (error instanceof PistoConnectionError) {
    const reason = error.reason === 'timeout' ? 'The server did not answer in time' : 'No server answers there'
    return [`${reason} (${error.operation}).`, 'Is it running? `pisto sandbox` starts one; `--url` says where it is.']
  }
  if (error instanceof PistoError) return [error.message]
  return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)]
}

function explainProblem({ operation, code, status, detail, errors, traceId }: PistoApiError): readonly string[] {
  const fields = errors.map(({ pointer, message }) => `  ${pointer || '/'}: ${message}`)
  const hint = code === 'unauthenticated' ? ['Give the tenant’s key by `--key` or PISTO_KEY.'] : []
  return [`${operation} was refused: ${detail} (${code}, ${status}, trace ${traceId})`, ...fields, ...hint]
}
