import { createRequire } from 'node:module'

/** How the reader of our output calls this program: from the repository, or installed. */
export const PROGRAM: string = import.meta.filename.endsWith('.ts') ? 'npx --yes pnpm@12 pisto' : 'pisto'

/** Of this package. */
export const VERSION: string = (createRequire(import.meta.url)('../package.json') as { readonly version: string })
  .version
