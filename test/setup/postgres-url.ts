import { inject } from 'vitest'

// The suites' own way to a database (`openTestDatabase`) then makes a new one there for each file.
process.env['PISTO_DATABASE_URL'] = inject('databaseUrl')
