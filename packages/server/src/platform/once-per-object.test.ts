import { expect, it } from 'vitest'
import { oncePerObject } from './once-per-object.ts'

it('makes a value of each object once, of equal objects one each', () => {
  let made = 0
  const madeOf = oncePerObject(({ name }: { readonly name: string }) => ({ name, made: ++made }))
  const [one, equal] = [{ name: 'a' }, { name: 'a' }]

  expect([madeOf(one), madeOf(equal), madeOf(one)]).toEqual([
    { name: 'a', made: 1 },
    { name: 'a', made: 2 },
    { name: 'a', made: 1 },
  ])
  expect(madeOf(one)).toBe(madeOf(one))
})
