import { Duplex } from 'node:stream'
import { expect, it } from 'vitest'
import { refuseMalformed } from './problems.ts'

const quiet = { info: () => undefined, error: () => undefined } as unknown as Parameters<
  typeof refuseMalformed
>[0]['log']

function answerTo(code: string): string {
  let written = ''
  const socket = new Duplex({
    read: () => undefined,
    write(chunk, _encoding, done) {
      written += chunk
      done()
    },
  })
  const error = Object.assign(new Error(code), { code })
  refuseMalformed({ log: quiet, random: (length) => new Uint8Array(length) }, error, socket)
  return written
}

it.each([
  ['HPE_INVALID_METHOD', '400 Bad Request', 'request_invalid', 'is no HTTP: as it is, it is never taken'],
  ['HPE_HEADER_OVERFLOW', '400 Bad Request', 'request_invalid', 'its headers are too large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout', 'request_timeout', 'may be well: it can be sent again'],
])('what failed with %s is answered %s %s: it %s', (code, status, problem) => {
  const [head = '', body = ''] = answerTo(code).split('\r\n\r\n')

  expect(head.split('\r\n')[0]).toBe(`HTTP/1.1 ${status}`)
  expect(head).toContain('Connection: close')
  expect(JSON.parse(body)).toMatchObject({ code: problem, status: Number(status.slice(0, 3)) })
})

it('nobody is answered who hung up', () => {
  expect(answerTo('ECONNRESET')).toBe('')
})
