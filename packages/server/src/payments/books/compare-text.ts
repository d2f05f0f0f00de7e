import { commitmentTo, type FreeText } from '../../platform/committed-text.ts'
import type { BooksLeaf } from './leaf.ts'

/** Text and commitment. Erased text has no salt any more, and proves nothing. */
export function compareText(salt: Uint8Array | null, text: FreeText, { commitments }: BooksLeaf): string[] {
  if (salt === null) return []
  return commitments.includes(commitmentTo(salt, text)) ? [] : ['the text is not what the log has a commitment to']
}
