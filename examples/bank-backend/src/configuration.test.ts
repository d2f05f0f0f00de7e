import { expect, it } from 'vitest'
import { readConfiguration } from './configuration.ts'

const ENVIRONMENT = {
  PISTO_URL: 'http://127.0.0.1:8787',
  PISTO_KEY: 'sk_sandbox_1',
  PISTO_PAYER_ACCOUNT: 'acc_01jd0000000000000000000000',
  CORE_URL: 'http://127.0.0.1:8090',
}

it('needs four settings, and has defaults for the others', () => {
  expect(readConfiguration(ENVIRONMENT)).toEqual({
    pistoUrl: 'http://127.0.0.1:8787',
    pistoKey: 'sk_sandbox_1',
    payerAccountId: 'acc_01jd0000000000000000000000',
    coreUrl: 'http://127.0.0.1:8090',
    port: 8080,
    dataFolder: '.pisto/bank-backend',
  })
})

it('names everything that is wrong at once, and no value', () => {
  const environment = { ...ENVIRONMENT, PISTO_KEY: 'sk secret', CORE_URL: 'core:8090', PORT: '70000' }

  expect(() => readConfiguration(environment)).toThrow(
    expect.objectContaining({
      name: 'ConfigurationInvalid',
      message: expect.stringMatching(/^PISTO_KEY is .+; CORE_URL is .+; PORT is .+\.$/),
    }),
  )
  expect(() => readConfiguration(environment)).not.toThrow(/secret/)
})
