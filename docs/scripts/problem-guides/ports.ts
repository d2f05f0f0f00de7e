import type { Guide } from './guide.ts'

/** About merchants who move to another institution. */
// biome-ignore format: a paragraph a line
export const PORT_GUIDES = {
  port_not_found: [
    'Your tenant neither offers nor was offered a move of this id.',
    'Check that id and key belong together. `GET /v1/ports` lists yours.',
    'Su institución no ofrece ni recibió un traslado con este identificador.',
    'Revise que el identificador y la clave correspondan. `GET /v1/ports` lista los suyos.',
  ],
  port_wrong_status: [
    'The move was accepted, cancelled or has expired; or you accept what you yourself offer. `facts.status` names the status.',
    'Read the move. What is over is over: the merchant can be offered anew.',
    'El traslado fue aceptado, cancelado o venció; o usted acepta lo que usted mismo ofrece. `facts.status` indica el estado.',
    'Lea el traslado. Lo que terminó, terminó: el comercio puede ofrecerse de nuevo.',
  ],
  port_pending: [
    'The merchant is offered to an institution already. `facts.portId` names the move.',
    'Wait for it, or cancel it with `POST /v1/ports/{portId}/cancel`.',
    'El comercio ya está ofrecido a una institución. `facts.portId` indica el traslado.',
    'Espere, o cancélelo con `POST /v1/ports/{portId}/cancel`.',
  ],
  port_to_self: [
    'The institution that you name is your own.',
    'Name the one that the merchant wants to go to.',
    'La institución que indica es la suya.',
    'Indique aquella a la que el comercio quiere ir.',
  ],
  port_other_country: [
    'A wallet’s currency, documents and rules are those of its country; play money and real money never mix.',
    'Close the merchant here, and register it there anew. Its alias does not go along.',
    'La moneda, los documentos y las normas de una cuenta son los de su país; el dinero de prueba y el real no se mezclan.',
    'Cierre el comercio aquí y regístrelo de nuevo allá. Su alias no se traslada.',
  ],
  port_merchant_held: [
    'A case about the merchant is open: until it is decided the merchant holds what it has and goes nowhere.',
    'Decide the case, then offer again.',
    'Hay un caso abierto sobre el comercio: hasta que se resuelva conserva lo que tiene y no se traslada.',
    'Resuelva el caso y ofrezca de nuevo.',
  ],
  port_bundle_invalid: [
    'The evidence is not signed by a published key of the institution that offers, or is of another move. `facts.reason` says which.',
    'Do not take the merchant over. Ask the other institution to cancel, and to offer anew.',
    'La evidencia no está firmada con una clave publicada de la institución que ofrece, o es de otro traslado. `facts.reason` indica qué falla.',
    'No acepte el comercio. Pida a la otra institución que cancele y ofrezca de nuevo.',
  ],
  payee_moved: [
    'The merchant of this alias has moved to another institution, and took alias and printed codes along. `facts.tenantCode` names it.',
    'Nothing was paid. Pay at that institution, with the same code.',
    'El comercio de este alias se trasladó a otra institución y se llevó su alias y sus códigos impresos. `facts.tenantCode` la indica.',
    'No se pagó nada. Pague en esa institución, con el mismo código.',
  ],
} as const satisfies Record<string, Guide>
