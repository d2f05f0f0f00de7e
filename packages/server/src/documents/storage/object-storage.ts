/**
 * Where the sealed bytes of documents are. Two implementations: a folder, and anything that speaks S3. Whoever reads
 * them finds nothing: they open only under the key of their person.
 */
export interface ObjectStorage {
  /** After it, the bytes are there for good; whatever had that name is replaced. */
  put(name: string, bytes: Uint8Array): Promise<void>
  /** @returns Undefined: there is nothing of that name. */
  get(name: string): Promise<Uint8Array | undefined>
  /** What is not there is deleted already. */
  delete(name: string): Promise<void>
}

/** Two segments of small letters, digits and underscores: no way out of a folder, nothing to escape in a URL. */
const NAME = /^[a-z0-9_]{1,64}\/[a-z0-9_]{1,64}$/

/** @throws {TypeError} no name of an object: a mistake of ours */
export function requireName(name: string): void {
  if (!NAME.test(name)) throw new TypeError('the name of an object has two segments of small letters and digits')
}

/** Objects in memory, for a sandbox that forgets everything. */
export function memoryStorage(): ObjectStorage {
  const objects = new Map<string, Uint8Array>()
  return {
    async put(name, bytes) {
      requireName(name)
      objects.set(name, bytes.slice())
    },
    get: async (name) => objects.get(name)?.slice(),
    async delete(name) {
      objects.delete(name)
    },
  }
}
