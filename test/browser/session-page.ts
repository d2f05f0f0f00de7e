/** What the page of somebody who signs in gives to the test that holds it. */
export interface SessionPage {
  save(): Promise<void>
  /** @returns What is kept, whether its key signs, and whether scripts can read it. */
  load(): Promise<Readonly<Record<string, unknown>> | undefined>
  clear(): Promise<void>
}
