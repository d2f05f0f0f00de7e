/** How a database contradicts what was signed. */
export type Contradiction =
  /** It has fewer leaves than were signed. */
  | 'smaller'
  /** The leaves that were signed are not the first of those that it has. */
  | 'inconsistent'
  /** It is in another epoch than the signer: begun elsewhere, or not yet. */
  | 'epoch'

/** The name and size of a log at some time. */
export interface LogMoment {
  readonly origin: string
  readonly size: number
}

/**
 * The signer does not sign: what the database has contradicts what was signed before. It was restored from an older
 * backup, it is a copy that lags, or somebody changed its tables. An operator must look, and may begin a new epoch.
 */
export class SigningRefused extends Error {
  override readonly name = 'SigningRefused'
  readonly reason: Contradiction
  readonly tenantId: string
  /** What was signed. */
  readonly signed: LogMoment
  /** What there is. */
  readonly found: LogMoment

  constructor(reason: Contradiction, tenantId: string, signed: LogMoment, found: LogMoment) {
    super(
      `the log of ${tenantId} is not signed (${reason}): ${signed.size} leaves of ${signed.origin} were signed before; ` +
        `the database has ${found.size} of ${found.origin}`,
    )
    this.reason = reason
    this.tenantId = tenantId
    this.signed = signed
    this.found = found
  }
}
