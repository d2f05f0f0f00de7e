import { Consumer } from './consumers.ts'
import { Erase, PersonalDataExport } from './erasure.ts'
import { Merchant } from './merchants.ts'
import { operation } from './operation.ts'

export const eraseMerchant = operation({
  id: 'eraseMerchant',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/erase',
  summary: 'Erase the person: at once, or on the day when the law lets the data go',
  scope: 'merchants:review',
  idempotencyKey: 'accepted',
  body: Erase,
  response: Merchant,
  problems: ['merchant_not_found', 'merchant_wrong_status', 'case_open'],
})

export const exportMerchant = operation({
  id: 'exportMerchant',
  method: 'POST',
  path: '/v1/merchants/{merchantId}/export',
  summary: 'Everything that is held about the person, with purpose and retention',
  scope: 'merchants:review',
  response: PersonalDataExport,
  problems: ['merchant_not_found', 'person_erased'],
})

export const eraseConsumer = operation({
  id: 'eraseConsumer',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/erase',
  summary: 'Erase the person: at once, or on the day when the law lets the data go',
  scope: 'consumers:review',
  idempotencyKey: 'accepted',
  body: Erase,
  response: Consumer,
  problems: ['consumer_not_found', 'consumer_wrong_status', 'case_open'],
})

export const exportConsumer = operation({
  id: 'exportConsumer',
  method: 'POST',
  path: '/v1/consumers/{consumerId}/export',
  summary: 'Everything that is held about the person, with purpose and retention',
  scope: 'consumers:review',
  response: PersonalDataExport,
  problems: ['consumer_not_found', 'person_erased'],
})
