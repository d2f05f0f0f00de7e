import { expect, it } from 'vitest'
import { isInstalled } from '../../interop/qr-programs.ts'
import { Draws } from '../../seeded.ts'
import { faultOf, mutate } from './mutations.ts'
import { runQrCodes } from './qr-codes.ts'

const CODE = '00020101021126250008gt.pisto0109PX00123455204541153033205802GT5908Tienda 86009Guatemala63040054'

it('10,000 changed codes are read without a throw or a hang, in both profiles', async () => {
  const options = { count: 10_000, images: 0, seed: 7, onProgress: () => undefined }
  const { faults, mutations } = await runQrCodes(options, () => performance.now())

  expect(faults.filter((fault) => !fault.startsWith('not installed'))).toEqual([])
  expect(mutations).toBe(10_000)
})

it('most changes make another text, and some make a code that is read', () => {
  const texts = Array.from({ length: 500 }, (_, n) => mutate(new Draws('test', n), [CODE]))

  expect(texts.filter((text) => text !== CODE).length).toBeGreaterThan(450)
  expect(new Set(texts).size).toBeGreaterThan(400)
  expect(texts.map(faultOf)).toEqual(texts.map(() => undefined))
})

it.runIf(isInstalled('zbarimg') && isInstalled('qrencode'))('pictures are read both ways', async () => {
  const options = { count: 1, images: 3, seed: 7, onProgress: () => undefined }

  expect(await runQrCodes(options, () => performance.now())).toMatchObject({ readByZbar: 3, readByUs: 3, faults: [] })
})
