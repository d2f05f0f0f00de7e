import type { ConfirmCode, Consumer, CreateConsumer, PhoneVerification, Requirements } from '@pisto/contract'
import type { Http } from '../http/http.ts'
import type { List } from '../http/list.ts'
import type { Query } from '../http/route.ts'
import type { CallOptions, WriteOptions } from '../options.ts'

export interface ConsumerFilter extends Query<'listConsumers'> {}

/** People with a wallet. */
export interface Consumers {
  /** Registers a consumer as a draft. */
  create(consumer: CreateConsumer, options?: WriteOptions): Promise<Consumer>
  /** Newest first. */
  list(filter?: ConsumerFilter, options?: CallOptions): List<Consumer>
  get(consumerId: string, options?: CallOptions): Promise<Consumer>
  /** What this consumer still has to give. */
  requirements(consumerId: string, options?: CallOptions): Promise<Requirements>
  /** Sends a code to the consumer's phone. */
  startPhoneVerification(consumerId: string, options?: WriteOptions): Promise<PhoneVerification>
  /** Confirms the phone with the code; `verificationId` is the `id` that starting gave. */
  confirmPhoneVerification(
    consumerId: string,
    verificationId: string,
    code: ConfirmCode,
    options?: WriteOptions,
  ): Promise<PhoneVerification>
  /** Submits the registration: within tier 1 it is active at once, with an account. */
  submit(consumerId: string, options?: WriteOptions): Promise<Consumer>
}

export function consumers(http: Http): Consumers {
  return {
    create: (body, options) => http.send('createConsumer', { body }, options),
    list: (query = {}, options) => http.list('listConsumers', { query }, options),
    get: (consumerId, options) => http.send('getConsumer', { consumerId }, options),
    requirements: (consumerId, options) => http.send('getConsumerRequirements', { consumerId }, options),
    startPhoneVerification: (consumerId, options) =>
      http.send('startConsumerPhoneVerification', { consumerId }, options),
    confirmPhoneVerification: (consumerId, verificationId, body, options) =>
      http.send('confirmConsumerPhoneVerification', { consumerId, verificationId, body }, options),
    submit: (consumerId, options) => http.send('submitConsumer', { consumerId }, options),
  }
}
