import { parseCheckpoint } from './checkpoint.ts'
import { parseNote } from './note.ts'

/** A suffix that names an epoch: the first has none, so that most logs never show one. */
const SUFFIX = /^\/([1-9][0-9]{0,8})$/

/**
 * What an epoch of a log is called in its checkpoints. A log whose database was restored from an older backup goes on
 * in a new epoch: what was signed under the old name stays true, and nothing under the new name contradicts it.
 * @param origin Of the first epoch.
 * @param epoch From 1.
 * @throws {RangeError} there is no such epoch
 * @see docs/decisions/0005-log-epochs.md
 * @example
 * epochOrigin('bank.example/log', 1) // 'bank.example/log'
 * epochOrigin('bank.example/log', 2) // 'bank.example/log/2'
 */
export function epochOrigin(origin: string, epoch: number): string {
  if (!Number.isSafeInteger(epoch) || epoch < 1) throw new RangeError(`${epoch} is no epoch`)
  return epoch === 1 ? origin : `${origin}/${epoch}`
}

/**
 * Which epoch of a log a checkpoint's origin names.
 * @param origin Of the log's first epoch.
 * @param named First line of a checkpoint.
 * @returns From 1; undefined: it is of another log.
 */
export function epochOf(origin: string, named: string): number | undefined {
  if (named === origin) return 1
  const [, digits] = (named.startsWith(origin) && SUFFIX.exec(named.slice(origin.length))) || []
  const epoch = Number(digits)
  return epoch > 1 ? epoch : undefined
}

/**
 * The name under which a checkpoint of a log is to be verified: that of the epoch which it claims to be of, so that
 * whoever knows a log by its first name believes its later epochs, too.
 * @param origin Of the log's first epoch.
 * @returns `origin` itself for a checkpoint of another log: verifying it under that name then fails.
 * @throws {MalformedProof} `note_malformed`, `checkpoint_malformed`
 */
export function epochNamed(note: string, origin: string): string {
  const named = parseCheckpoint(parseNote(note).text).origin
  return epochOf(origin, named) === undefined ? origin : named
}
