/** What a decision about a registration is called in its reasons; the last two are made by deadlines. */
export type ReasonedAction = 'return' | 'reject' | 'suspend' | 'close' | 'remind' | 'restrict'

interface ReviewReasonRow {
  readonly for: readonly ReasonedAction[]
  /** What is given again to mend it, by the name that `requirements` uses; null: nothing can be. */
  readonly requirement: string | null
  /** Only a business has it. */
  readonly merchantsOnly?: true
  /** Written for the person whom it is about. */
  readonly message: string
  readonly messageEs: string
}

/** Why somebody is returned, rejected, suspended or closed, in words that they can act on. */
export const REVIEW_REASONS = {
  name_mismatch: {
    for: ['return'],
    requirement: 'name',
    message: 'The name is not the one on your document. Write it as it stands there.',
    messageEs: 'El nombre no es el de su documento. Escríbalo tal como aparece ahí.',
  },
  document_mismatch: {
    for: ['return'],
    requirement: 'document',
    message: 'The document number belongs to somebody else, or has a mistake. Check it against your card.',
    messageEs: 'El número de documento es de otra persona o tiene un error. Revíselo con su documento en la mano.',
  },
  document_image_unclear: {
    for: ['return'],
    requirement: 'documentImage',
    message: 'The picture of your document cannot be read. Take both sides again, in good light and without a flash.',
    messageEs: 'La foto de su documento no se lee bien. Tome los dos lados otra vez, con buena luz y sin flash.',
  },
  birth_date_mismatch: {
    for: ['return'],
    requirement: 'birthDate',
    message: 'The birth date is not the one on your document.',
    messageEs: 'La fecha de nacimiento no es la de su documento.',
  },
  phone_unreachable: {
    for: ['return'],
    requirement: 'phone',
    message: 'We could not reach you by phone. Give a number that you answer.',
    messageEs: 'No pudimos comunicarnos con usted. Dé un número en el que conteste.',
  },
  consent_outdated: {
    for: ['return'],
    requirement: 'consent',
    message: 'The terms have changed. Read and accept them again.',
    messageEs: 'Los términos cambiaron. Léalos y acéptelos de nuevo.',
  },
  trade_name_unclear: {
    for: ['return'],
    requirement: 'tradeName',
    merchantsOnly: true,
    message: 'The name of the business is not the one that your customers see. Write the one over your door.',
    messageEs: 'El nombre del negocio no es el que ven sus clientes. Escriba el de su rótulo.',
  },
  category_mismatch: {
    for: ['return'],
    requirement: 'category',
    merchantsOnly: true,
    message: 'The kind of business does not fit what you sell. Choose another.',
    messageEs: 'El giro del negocio no corresponde a lo que vende. Elija otro.',
  },
  address_unclear: {
    for: ['return'],
    requirement: 'address',
    message: 'The address is not enough to find you. Write it so that somebody can come.',
    messageEs: 'La dirección no alcanza para encontrarle. Escríbala de modo que alguien pueda llegar.',
  },
  business_registration_unclear: {
    for: ['return'],
    requirement: 'businessRegistration',
    merchantsOnly: true,
    message: 'The registry does not know your business under this number.',
    messageEs: 'El registro no conoce su negocio con este número.',
  },
  tax_id_mismatch: {
    for: ['return'],
    requirement: 'taxId',
    merchantsOnly: true,
    message: 'The tax number is not yours or the business’s.',
    messageEs: 'El número tributario no es de usted ni del negocio.',
  },
  owners_unclear: {
    for: ['return'],
    requirement: 'beneficialOwners',
    merchantsOnly: true,
    message: 'It is not clear who owns the business. Name each owner with the share.',
    messageEs: 'No queda claro quiénes son los dueños. Nombre a cada uno con su parte.',
  },
  document_expiring: {
    for: ['remind'],
    requirement: null,
    message: 'Your document is about to expire, or has expired. Send pictures of the new one before the deadline.',
    messageEs: 'Su documento está por vencer o ya venció. Envíe fotos del nuevo antes de la fecha límite.',
  },
  requirement_new: {
    for: ['remind'],
    requirement: null,
    message: 'The rules now ask for something more. Give it before the deadline, and everything goes on as it is.',
    messageEs: 'Las normas ahora piden algo más. Entréguelo antes de la fecha límite y todo seguirá igual.',
  },
  document_rejected: {
    for: ['remind'],
    requirement: null,
    message: 'A document of yours was not accepted. Send another before the deadline, and everything goes on as it is.',
    messageEs: 'Un documento suyo no fue aceptado. Envíe otro antes de la fecha límite y todo seguirá igual.',
  },
  document_expired: {
    for: ['restrict'],
    requirement: null,
    message: 'Your document expired and we have no new one. Your money is safe; send pictures of the new one to go on.',
    messageEs: 'Su documento venció y no tenemos el nuevo. Su dinero está seguro; envíe fotos del nuevo para seguir.',
  },
  requirement_overdue: {
    for: ['restrict'],
    requirement: null,
    message: 'Something that the rules ask for was not given in time. Your money is safe; give it to go on.',
    messageEs: 'No recibimos a tiempo algo que piden las normas. Su dinero está seguro; entréguelo para seguir.',
  },
  identity_not_confirmed: {
    for: ['reject'],
    requirement: null,
    message: 'We could not confirm that you are who the document says. Visit a branch with your document.',
    messageEs: 'No pudimos confirmar su identidad. Acuda a una agencia con su documento.',
  },
  activity_not_served: {
    for: ['reject', 'suspend', 'close'],
    requirement: null,
    message: 'We do not serve this kind of activity.',
    messageEs: 'No atendemos este tipo de actividad.',
  },
  rules_not_met: {
    for: ['reject', 'suspend', 'close'],
    requirement: null,
    message: 'The rules that we have to keep do not let us offer you the service. You may ask for a second look.',
    messageEs:
      'Las normas que debemos cumplir no nos permiten darle el servicio. Puede pedir que lo revisemos otra vez.',
  },
  unusual_activity: {
    for: ['suspend'],
    requirement: null,
    message: 'We saw movements that are not usual and are looking at them. Call us.',
    messageEs: 'Vimos movimientos poco usuales y los estamos revisando. Llámenos.',
  },
  phone_lost: {
    for: ['suspend'],
    requirement: null,
    message: 'You told us that your phone was lost or stolen. Nobody can pay with it until you call us.',
    messageEs: 'Nos avisó que perdió su teléfono o se lo robaron. Nadie puede pagar con él hasta que nos llame.',
  },
  ported: {
    for: [], // said when a merchant has moved, never chosen
    requirement: null,
    merchantsOnly: true,
    message: 'You moved to another institution. Your alias and printed codes went along.',
    messageEs: 'Usted se trasladó a otra institución. Su alias y sus códigos impresos se fueron con usted.',
  },
  own_request: {
    for: ['suspend', 'close'],
    requirement: null,
    message: 'You asked for it.',
    messageEs: 'Usted lo pidió.',
  },
  authority_order: {
    for: ['suspend', 'close'],
    requirement: null,
    message: 'An authority has ordered it.',
    messageEs: 'Lo ordenó una autoridad.',
  },
} as const satisfies Record<string, ReviewReasonRow>

export type ReviewReason = keyof typeof REVIEW_REASONS

/** The reasons that a decision may have. */
export function reasonsFor(action: ReasonedAction, kind: 'merchant' | 'consumer'): ReviewReason[] {
  const rows = Object.entries<ReviewReasonRow>(REVIEW_REASONS)
  return rows
    .filter(([, row]) => row.for.includes(action) && (kind === 'merchant' || !row.merchantsOnly))
    .map(([code]) => code as ReviewReason)
}
