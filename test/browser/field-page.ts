import type { JournalCounts, JournalEntry } from '@pisto/sdk/journal'

/** What the page of an agent's app gives to the test that holds it. */
export interface FieldPage {
  /** Enrols so many people. @returns Their places in the journal. */
  enrol(count: number): Promise<number[]>
  /** Sends to a server that does everything, and counts how often. @returns Ids that arrived. */
  send(): Promise<readonly string[]>
  counts(): Promise<JournalCounts>
  entries(): Promise<readonly JournalEntry[]>
  /** Of the device: signs in every tab. */
  publicKey(): Promise<string>
}
