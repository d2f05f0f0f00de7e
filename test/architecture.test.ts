import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** package → packages it may import. Tests and builders for tests may import more. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  money: [],
  proof: [],
  identity: [],
  qr: ['money'],
  contract: ['money', 'qr', 'identity'],
  ledger: ['money', 'proof'],
  sdk: ['contract', 'money', 'proof', 'qr'],
  server: ['contract', 'identity', 'ledger', 'money', 'proof', 'qr'],
  testkit: ['contract', 'identity', 'ledger', 'sdk', 'server'],
  cli: ['contract', 'identity', 'ledger', 'money', 'proof', 'qr', 'sdk', 'server', 'testkit'],
}

const packages = Object.keys(MAY_IMPORT).filter((name) => existsSync(`packages/${name}/src`))

const sources = (name: string): string[] =>
  readdirSync(`packages/${name}/src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('testing/'))
    .map((path) => `packages/${name}/src/${path}`)

it.each(packages)('%s imports only what the architecture allows', (name) => {
  for (const file of sources(name)) {
    for (const [, target] of readFileSync(file, 'utf8').matchAll(/from '@pisto\/([a-z]+)/g)) {
      expect(MAY_IMPORT[name], `${file} imports ${target}`).toContain(target)
    }
  }
})

it.each(packages)('%s has no import into the insides of another package', (name) => {
  for (const file of sources(name)) {
    expect(readFileSync(file, 'utf8'), file).not.toMatch(/from '(@pisto\/[a-z]+\/src|(\.\.\/)+[a-z]+\/src\/)/)
  }
})

it.each(packages)('%s has files of at most 400 lines, named for what they hold', (name) => {
  for (const file of sources(name).filter((path) => !path.endsWith('.generated.ts'))) {
    expect(file).not.toMatch(/\b(utils?|helpers?|common|misc|manager|shared)(\.ts|\/)/)
    expect(readFileSync(file, 'utf8').split('\n').length, file).toBeLessThanOrEqual(401)
  }
})
