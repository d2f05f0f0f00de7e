import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ConfigurationInvalid, readConfiguration } from './configuration.ts'

it('has a value for everything', () => {
  expect(readConfiguration({}, {})).toEqual({
    port: 8787,
    host: '127.0.0.1',
    allowedHosts: [],
    database: { kind: 'memory' },
    signerMemory: { kind: 'process' },
    seed: 'demo',
    randomSeed: undefined,
    logLevel: 'info',
    requestsPerMinute: 6_000_000,
    failuresPerMinute: 6_000_000,
    lookupsPerMinute: 60,
    personalDataKeys: { kind: 'process' },
    documents: { kind: 'memory' },
    publicUrl: undefined,
    codesPerAddressPerHour: 1000,
    erasedListFile: undefined,
    qrGuid: 'org.pisto',
  })
})

it('flags go before the environment', () => {
  const environment = {
    PISTO_PORT: '1234',
    PISTO_HOST: '0.0.0.0',
    PISTO_ALLOWED_HOSTS: 'a.test, b.test',
    PISTO_LOG: 'warn',
    PISTO_RANDOM_SEED: '7',
  }

  expect(readConfiguration({ port: 0, log: 'silent' }, environment)).toMatchObject({
    port: 0,
    host: '0.0.0.0',
    allowedHosts: ['a.test', 'b.test'],
    logLevel: 'silent',
    randomSeed: '7',
  })
})

it.each([
  [{}, { PISTO_DATABASE_URL: 'postgresql://db/pisto' }, { kind: 'postgres', url: 'postgresql://db/pisto' }, 'a URL'],
  [{}, { PISTO_DATA: '/data' }, { kind: 'folder', path: '/data' }, 'a folder'],
  [{ dataDir: 'memory' }, { PISTO_DATA: '/data' }, { kind: 'memory' }, 'memory, whatever the environment says'],
  [
    { dataDir: './x' },
    { PISTO_DATABASE_URL: 'postgresql://db' },
    { kind: 'folder', path: './x' },
    'asked for outright',
  ],
] as const)('the books: %j %j → %j (%s)', (flags, environment, database, _why) => {
  expect(readConfiguration(flags, environment).database).toEqual(database)
})

const POSTGRES = { PISTO_DATABASE_URL: 'postgresql://db' }
it.each([
  [{}, {}, { kind: 'process' }, 'books in memory do not outlive the process'],
  [{ dataDir: '/data' }, {}, { kind: 'folder', path: '/data/signed-heads' }, 'beside the database, not in it'],
  [
    {},
    { ...POSTGRES, XDG_STATE_HOME: '/state' },
    { kind: 'folder', path: '/state/pisto/signed-heads' },
    'one for all processes of the machine',
  ],
  [
    {},
    POSTGRES,
    { kind: 'folder', path: join(homedir(), '.local/state/pisto/signed-heads') },
    'where XDG has the state by default',
  ],
  [{}, { ...POSTGRES, PISTO_SIGNER_MEMORY: '/keys' }, { kind: 'folder', path: '/keys' }, 'beside the key'],
  [{ signerMemory: 'memory' }, { ...POSTGRES, PISTO_SIGNER_MEMORY: '/keys' }, { kind: 'process' }, 'for tests'],
] as const)('what was signed is remembered: %j %j → %j (%s)', (flags, environment, signerMemory, _why) => {
  expect(readConfiguration(flags, environment).signerMemory).toEqual(signerMemory)
})

it.each([
  [{ port: 70_000 }, {}, 'port is a whole number from 0 to 65535, not "70000"'],
  [{}, { PISTO_PORT: '80a' }, 'port is a whole number from 0 to 65535, not "80a"'],
  [{}, { PISTO_LOG: 'loud' }, 'log is one of debug, info, warn, error, silent, not "loud"'],
  [{ databaseUrl: 'mysql://x' }, {}, 'the database URL begins with postgresql://'],
  [{ requestsPerMinute: 0 }, {}, 'requests per minute is a whole number from 1'],
])('refuses %j %j: %s', (flags, environment, message) => {
  expect(() => readConfiguration(flags, environment)).toThrow(message)
})

it.each(['', ' ', 'with space', 'ñ', 'x'.repeat(27)])('the QR GUID is not "%s"', (qrGuid) => {
  expect(() => readConfiguration({ qrGuid }, {})).toThrow(ConfigurationInvalid)
})

it.each([
  [{}, { kind: 'process' }, 'books in memory are gone with the process, and so is the key'],
  [{ PISTO_DATA: '/books' }, { kind: 'file', path: '/books/personal-data.key', isMade: true }, 'beside the database'],
  [{ PISTO_DATABASE_URL: 'postgresql://db' }, { kind: 'database' }, 'nowhere else to keep it: the start warns'],
  [{ PISTO_PERSONAL_DATA_KEY: 'a,b', PISTO_DATA: '/books' }, { kind: 'text', text: 'a,b' }, 'the keys themselves'],
  [{ PISTO_PERSONAL_DATA_KEY_FILE: '/keys' }, { kind: 'file', path: '/keys', isMade: false }, 'a file that is there'],
] as const)('the keys to personal data with %o: %o: %s', (environment, keys, _why) => {
  expect(readConfiguration({}, environment).personalDataKeys).toEqual(keys)
})

const S3 = { PISTO_S3_ACCESS_KEY_ID: 'id', PISTO_S3_SECRET_ACCESS_KEY: 'secret' }
const KEYS = { accessKeyId: 'id', secretAccessKey: 'secret' }
it.each([
  [{}, { kind: 'memory' }, 'as the books'],
  [{ PISTO_DATA: '/books' }, { kind: 'folder', path: '/books/documents' }, 'beside the database, not in it'],
  [{ ...POSTGRES }, { kind: 'memory' }, 'no folder of one process: the start warns'],
  [{ ...POSTGRES, PISTO_DOCUMENTS: '/files' }, { kind: 'folder', path: '/files' }, 'a folder that all processes see'],
  [
    { PISTO_DOCUMENTS: 's3://kyc', ...S3 },
    {
      kind: 's3',
      bucket: { endpoint: 'https://s3.us-east-1.amazonaws.com', region: 'us-east-1', bucket: 'kyc', ...KEYS },
    },
    'Amazon’s own by default',
  ],
  [
    { PISTO_DOCUMENTS: 's3://kyc', ...S3, PISTO_S3_ENDPOINT: 'http://minio:9000', PISTO_S3_REGION: 'gt' },
    { kind: 's3', bucket: { endpoint: 'http://minio:9000', region: 'gt', bucket: 'kyc', ...KEYS } },
    'another that speaks S3',
  ],
] as const)('documents with %o: %o: %s', (environment, documents, _why) => {
  expect(readConfiguration({}, environment).documents).toEqual(documents)
})

it.each([
  [{ PISTO_DOCUMENTS: 's3://kyc' }, 'documents in a bucket need PISTO_S3_ACCESS_KEY_ID'],
  [{ PISTO_DOCUMENTS: 'ftp://kyc' }, 'documents are in a folder, in memory, or in s3://BUCKET'],
  [{ PISTO_DOCUMENTS: 's3://kyc', ...S3, PISTO_S3_ENDPOINT: 'minio:9000' }, 'PISTO_S3_ENDPOINT is an address'],
  [{ PISTO_DOCUMENTS: 's3://kyc', ...S3, PISTO_S3_ENDPOINT: 'http://id:secret@minio' }, 'PISTO_S3_ENDPOINT is an'],
])('refuses %j for documents: %s', (environment, message) => {
  expect(() => readConfiguration({}, environment)).toThrow(message)
})
