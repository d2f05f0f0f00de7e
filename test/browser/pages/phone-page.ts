import { ShownPayments, verifyReceipt } from '@pisto/proof/verify'
import { readImage, toSvg } from '@pisto/qr/image'
import type { Phone } from '../phone.ts'

const shown = new ShownPayments()
const screen = document.createElement('main')
document.body.append(screen)

const phone: Phone = {
  show(receipt) {
    screen.innerHTML = toSvg(receipt)
  },
  async scan(picture, known) {
    const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0))
    const verdict = await verifyReceipt(readImage(bytes), { ...known, shownBefore: shown.has })
    if (verdict.colour !== 'red') shown.add(verdict.fields.paymentId)
    screen.textContent = `${verdict.colour} ${verdict.reason}`
  },
}
Object.assign(globalThis, { phone })
