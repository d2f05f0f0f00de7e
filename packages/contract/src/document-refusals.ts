/** Why an upload is not kept, in words for whoever took the picture. */
export const DOCUMENT_REFUSALS = {
  hashMismatch: {
    message: 'What arrived is not what was sent. Send it again.',
    messageEs: 'Lo que llegó no es lo que se envió. Envíelo de nuevo.',
  },
  typeUnsupported: {
    message: 'Send a photo (JPEG or PNG) or a PDF.',
    messageEs: 'Envíe una foto (JPEG o PNG) o un PDF.',
  },
  broken: {
    message: 'The file is damaged or was cut off. Take the picture again.',
    messageEs: 'El archivo está dañado o incompleto. Tome la foto de nuevo.',
  },
  pictureTooLarge: {
    message: 'The picture has too many pixels. Send a smaller one.',
    messageEs: 'La imagen tiene demasiados píxeles. Envíe una más pequeña.',
  },
  ambiguous: {
    message: 'The file is two things at once. Take a photo of the document instead.',
    messageEs: 'El archivo es dos cosas a la vez. Mejor tome una foto del documento.',
  },
  pdfActive: {
    message: 'The PDF contains programs, forms or other files. Print it to a new PDF, or take a photo.',
    messageEs: 'El PDF contiene programas, formularios u otros archivos. Imprímalo a un PDF nuevo o tome una foto.',
  },
  pdfEncrypted: {
    message: 'The PDF is protected by a password. Print it to a new PDF, or take a photo.',
    messageEs: 'El PDF está protegido con contraseña. Imprímalo a un PDF nuevo o tome una foto.',
  },
} as const satisfies Record<string, { readonly message: string; readonly messageEs: string }>

export type DocumentRefusal = keyof typeof DOCUMENT_REFUSALS
