/** Why an operator does not accept a document, in words for whoever sent it: each says what to send instead. */
export const DOCUMENT_REASONS = {
  document_unreadable: {
    message: 'It cannot be read. Take the picture again, in good light and without a flash.',
    messageEs: 'No se lee bien. Tome la foto otra vez, con buena luz y sin flash.',
  },
  document_cut_off: {
    message: 'Part of it is missing. Take the picture again, with all four corners in it.',
    messageEs: 'Falta una parte. Tome la foto otra vez, de modo que se vean las cuatro esquinas.',
  },
  document_wrong_kind: {
    message: 'It shows something else than what is asked for. Send what is asked for.',
    messageEs: 'Muestra otra cosa que la que se pide. Envíe lo que se pide.',
  },
  document_outdated: {
    message: 'It is too old or has expired. Send a newer one.',
    messageEs: 'Es muy antiguo o ya venció. Envíe uno más reciente.',
  },
  document_of_another: {
    message: 'It is in somebody else’s name. Send your own.',
    messageEs: 'Está a nombre de otra persona. Envíe el suyo.',
  },
  document_differs: {
    message: 'It says something else than what you wrote. Send the right one, or tell us what is right.',
    messageEs: 'Dice algo distinto de lo que usted escribió. Envíe el correcto o díganos cuál es el dato correcto.',
  },
  document_altered: {
    message: 'It was changed, or is a picture of a screen. Take a picture of the paper or card itself.',
    messageEs: 'Fue modificado o es la foto de una pantalla. Tome la foto del papel o de la tarjeta.',
  },
} as const satisfies Record<string, { readonly message: string; readonly messageEs: string }>

export type DocumentReason = keyof typeof DOCUMENT_REASONS
