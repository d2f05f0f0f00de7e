import { pinnedBy, type SignedDirectory, verifyDirectory } from '@pisto/proof'
import { misused } from './failure.ts'
import { readObject } from './lines.ts'

const HEADER = 'pisto-key-directory-v1\n'

/** Whether a text means to be a signed directory of keys. */
export const isDirectoryText = (text: string): boolean => text.startsWith(HEADER)

/**
 * Reads a directory that this user keeps. The file is trusted as a list of keys is; what it says is checked against its
 * own keys all the same, so that a damaged file is not used.
 *
 * @throws {CommandFailure} it is none, or damaged
 */
export async function readOwnDirectory(text: string, file: string): Promise<SignedDirectory> {
  const told = readObject(text.split('\n')[1] ?? '') as Pick<SignedDirectory, 'issuer' | 'keys'> | undefined
  try {
    if (isDirectoryText(text) && Array.isArray(told?.keys)) return await verifyDirectory(text, pinnedBy(told))
  } catch (cause) {
    throw misused(`${file} is a damaged directory of keys: ${(cause as Error).message}`, undefined, cause)
  }
  throw misused(`${file} is no signed directory of keys`)
}
