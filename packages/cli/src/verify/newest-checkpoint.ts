import { type Pisto, PistoApiError } from '@pisto/sdk'

/** A tenant's newest checkpoint. @returns Undefined: nothing was signed yet. */
export async function newestCheckpoint(client: Pisto): Promise<string | undefined> {
  return client.log.checkpoint().catch((error: unknown) => {
    if (error instanceof PistoApiError && error.code === 'proof_not_found') return undefined
    throw error
  })
}

/** How many leaves a checkpoint is over; 0 where it does not say. */
export function sizeOf(note: string | undefined): number {
  const size = Number(note?.split('\n')[1] ?? 0)
  return Number.isSafeInteger(size) ? size : 0
}
