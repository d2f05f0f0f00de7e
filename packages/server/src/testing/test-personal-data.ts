import { localKeys } from '../platform/personal-data/local-keys.ts'
import { PersonalData } from '../platform/personal-data/personal-data.ts'
import { systemRandom } from '../platform/runtime/random.ts'

/** The same keys each time, so that two may share a database. */
export const testPersonalData = (): PersonalData =>
  new PersonalData({
    provider: localKeys([new Uint8Array(32).fill(5)], systemRandom),
    indexRoot: new Uint8Array(32).fill(6),
    random: systemRandom,
  })
