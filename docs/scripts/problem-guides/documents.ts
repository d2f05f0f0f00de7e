import type { Guide } from './guide.ts'

/** About uploading documents. */
// biome-ignore format: a paragraph a line
export const DOCUMENT_GUIDES = {
  document_limit_reached: [
    'Somebody has at most 100 documents, of which at most 5 are being uploaded at a time. `facts.limit` names the limit.',
    'Finish or abandon the uploads that are open: after a day they lapse. `GET …/documents` lists them.',
    'Una persona tiene como máximo 100 documentos, de los cuales como máximo 5 se suben a la vez. `facts.limit` indica el límite.',
    'Termine o abandone las subidas abiertas: vencen después de un día. `GET …/documents` las lista.',
  ],
  document_date_invalid: [
    '`expiresOn` is no day of the calendar, or the document has expired already.',
    'Ask for a document that is valid. Leave the field out where the paper has no date.',
    '`expiresOn` no es un día del calendario, o el documento ya venció.',
    'Pida un documento vigente. Omita el campo si el papel no tiene fecha.',
  ],
  document_wrong_status: [
    'The upload is over (`stored`, `refused`, `lapsed`), or there is nothing to look at yet. `facts.status` names the status.',
    'Begin a new upload where this one was refused or lapsed. A repetition of a call that succeeded needs its idempotency key.',
    'La subida terminó (`stored`, `refused`, `lapsed`), o aún no hay nada que ver. `facts.status` indica el estado.',
    'Empiece otra subida si esta fue rechazada o venció. Repetir una llamada que tuvo éxito requiere su clave de idempotencia.',
  ],
  document_offset_wrong: [
    'The part begins elsewhere than where the upload stands: mostly, an answer was lost and the bytes are there already.',
    'Go on from `facts.offset`. `uploadDocument` of the SDK does.',
    'La parte empieza en otro lugar del que va la subida: casi siempre se perdió una respuesta y los bytes ya están.',
    'Continúe desde `facts.offset`. `uploadDocument` del SDK lo hace.',
  ],
  document_part_too_long: [
    'With this part there would be more bytes than the upload was begun with: `facts.byteLength`.',
    'Send the file that was announced, or begin another upload.',
    'Con esta parte habría más bytes de los que se anunciaron: `facts.byteLength`.',
    'Envíe el archivo anunciado, o empiece otra subida.',
  ],
  document_incomplete: [
    'The upload was to be finished before all bytes were there. `facts.offset` is the next one.',
    'Send the rest, then finish it with a new idempotency key.',
    'Se quiso terminar la subida antes de que llegaran todos los bytes. `facts.offset` es el siguiente.',
    'Envíe el resto y termínela con una clave de idempotencia nueva.',
  ],
  document_refused: [
    'The file is not one that is kept. `errors` says why, in words for whoever took the picture: damaged, of another type, too many pixels, two things at once, a PDF with programs or a password, or other bytes than announced. It was deleted.',
    'Show the message and ask for another picture. Then begin a new upload.',
    'El archivo no es de los que se guardan. `errors` dice por qué, con palabras para quien tomó la foto: dañado, de otro tipo, demasiados píxeles, dos cosas a la vez, un PDF con programas o contraseña, u otros bytes que los anunciados. Se borró.',
    'Muestre el mensaje y pida otra foto. Luego empiece otra subida.',
  ],
} as const satisfies Record<string, Guide>
