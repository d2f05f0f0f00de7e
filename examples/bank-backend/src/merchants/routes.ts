import type { Merchant } from '@pisto/sdk'
import { Router } from 'express'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { bodyOf, intentOf, pathPart, shortText } from '../http/input.ts'
import type { Session } from '../http/session.ts'
import { confirmMerchantPhone, type Registration, type RegistrationDeps, registerMerchant } from './registration.ts'

const businessForm = Compile(
  Type.Object(
    {
      tradeName: shortText(100),
      categoryCode: Type.String({ pattern: '^\\d{4}$' }),
      consent: Type.Object({ version: shortText(40), acceptedAt: Type.String({ format: 'date-time' }) }),
    },
    { additionalProperties: false },
  ),
)

const typedCode = Compile(
  Type.Object(
    { verificationId: shortText(40), code: Type.String({ pattern: '^\\d{6}$' }) },
    { additionalProperties: false },
  ),
)

/** `POST /merchants`: register one's business · `POST /merchants/:merchantId/phone-code`: the code from the SMS. */
export function merchantRoutes(deps: RegistrationDeps & { readonly session: Session }): Router {
  const { session } = deps
  return Router()
    .post('/merchants', async (request, response) => {
      const customerNumber = session(request)
      const form = bodyOf(request, businessForm)
      const registration = await registerMerchant(deps, customerNumber, form, intentOf(request))
      response.status(201).json(showRegistration(registration))
    })
    .post('/merchants/:merchantId/phone-code', async (request, response) => {
      const customerNumber = session(request)
      const typed = bodyOf(request, typedCode)
      const merchant = await confirmMerchantPhone(deps, customerNumber, pathPart(request, 'merchantId'), typed)
      response.json(showRegistration({ merchant, verification: null }))
    })
}

function showRegistration({ merchant, verification }: Registration) {
  const { id, tradeName, status, alias } = merchant
  return {
    merchantId: id,
    tradeName,
    status,
    alias,
    verificationId: verification?.id ?? null,
    message: verification === null ? MESSAGES[status] : `Escriba el código que enviamos al ${masked(merchant)}.`,
  }
}

/** Enough to know one's own phone by. */
const masked = ({ phone }: Merchant): string => `••••${phone?.slice(-4) ?? ''}`

const MESSAGES: Readonly<Record<Merchant['status'], string>> = {
  draft: 'Su registro está empezado.',
  submitted: 'Estamos revisando su registro.',
  inReview: 'Estamos revisando su registro. Le avisaremos.',
  returned: 'Falta corregir algo de su registro.',
  rejected: 'No pudimos aprobar su registro. Visite su agencia.',
  active: '¡Listo! Su negocio ya puede cobrar.',
  restricted: 'Su negocio puede cobrar con límites. Visite su agencia.',
  suspended: 'Su negocio está suspendido. Visite su agencia.',
  closed: 'Este negocio fue cerrado.',
}
