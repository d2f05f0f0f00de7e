import { type Static, Type } from 'typebox'
import { operation } from './operation.ts'
import { KeyUse, PublishedKey } from './service.ts'
import { strictObject } from './values.ts'

const DAY_SECONDS = 86_400

export const RotateKey = strictObject(
  {
    use: KeyUse,
    startsInSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 90 * DAY_SECONDS,
        description: 'Until the new key takes over; default a day, in which phones that are off line learn of it',
      }),
    ),
  },
  { title: 'RotateKey' },
)
export interface RotateKey extends Static<typeof RotateKey> {}

export const RotatedKey = strictObject(
  {
    key: PublishedKey,
    ended: Type.Array(PublishedKey, { description: 'Keys that sign until then; they stay published' }),
  },
  { title: 'RotatedKey' },
)
export interface RotatedKey extends Static<typeof RotatedKey> {}

export const rotateKey = operation({
  id: 'rotateKey',
  method: 'POST',
  path: '/v1/keys/rotate',
  summary: 'A new key for one use; the old one signs until it takes over, and stays published',
  scope: 'keys:write',
  idempotencyKey: 'accepted',
  body: RotateKey,
  response: RotatedKey,
  problems: [],
})

export const withdrawKey = operation({
  id: 'withdrawKey',
  method: 'POST',
  path: '/v1/keys/{keyId}/withdraw',
  summary: 'A key is published no more: nothing that it ever signed is believed from then on',
  scope: 'keys:write',
  idempotencyKey: 'accepted',
  response: PublishedKey,
  problems: ['key_not_found', 'key_in_force'],
})
