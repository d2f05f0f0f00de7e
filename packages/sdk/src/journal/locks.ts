/** What browsers and Node 24 have for it. @see https://w3c.github.io/web-locks/ */
interface WebLocks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>
}

const queues = new Map<string, Promise<unknown>>()

/**
 * Does some work while no other tab or worker of this origin holds the same name; where there are no Web Locks, while
 * nobody else in this page does.
 */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { navigator } = globalThis as { readonly navigator?: { readonly locks?: WebLocks } }
  return navigator?.locks === undefined ? inTurn(name, work) : navigator.locks.request(name, work)
}

/** Does one after the other under a name. */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const own = (queues.get(name) ?? Promise.resolve()).then(work, work)
  queues.set(name, own)
  try {
    return await own
  } finally {
    if (queues.get(name) === own) queues.delete(name)
  }
}
