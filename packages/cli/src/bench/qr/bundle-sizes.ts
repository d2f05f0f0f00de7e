import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import file from '@size-limit/file'
import { rolldown } from 'rolldown'
import sizeLimit from 'size-limit'

/** What old phones load over slow networks: bytes after gzip, with all that it imports. */
export interface BundleSizes {
  /** `parse` and `build` of `@pisto/qr`. */
  readonly codecGz: number
  /** `@pisto/proof/verify`. */
  readonly verifierGz: number
}

/**
 * Bundles as a wallet would, minified, for browsers, and weighs what comes out.
 *
 * @throws {Error} A bundle needs Node or is more than one file.
 */
export async function measureBundles(): Promise<BundleSizes> {
  const folder = await mkdtemp(join(tmpdir(), 'pisto-bundles-'))
  try {
    const codec = await bundle(folder, 'codec', `export { parse, build } from '${fileOf('@pisto/qr')}'`)
    const verifier = await bundle(folder, 'verifier', `export * from '${fileOf('@pisto/proof/verify')}'`)
    return { codecGz: await weigh(codec), verifierGz: await weigh(verifier) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const fileOf = (name: string): string => fileURLToPath(import.meta.resolve(name))

/** @returns Where the one file is. */
async function bundle(folder: string, name: string, source: string): Promise<string> {
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === name ? id : null),
    load: (id: string) => (id === name ? source : null),
  }
  const bundled = await rolldown({ input: name, platform: 'browser', logLevel: 'silent', plugins: [entry] })
  const { output } = await bundled.write({ dir: folder, format: 'esm', minify: true })
  const [chunk, ...others] = output
  if (chunk.imports.length + others.length > 0) throw new Error(`${name} does not stand alone: ${chunk.imports}`)
  return join(folder, chunk.fileName)
}

async function weigh(path: string): Promise<number> {
  const [check] = (await sizeLimit([file], { checks: [{ files: [path], gzip: true }] })) as [{ size: number }]
  return check.size
}
