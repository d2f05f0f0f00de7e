import type { Guide } from './guide.ts'

/** About people who sign in, and the members and tills of a shop. */
// biome-ignore format: a paragraph a line
export const PEOPLE_GUIDES = {
  session_ended: [
    'The session was ended, from this or another phone; it was not used for 90 days; or one of its refresh tokens was used twice, which means that somebody had a copy.',
    'Sign in again with the phone. If you did not end it, look at `GET /v1/sessions`: `endReason` says why.',
    'La sesión se terminó, desde este u otro teléfono; no se usó en 90 días; o uno de sus tokens de renovación se usó dos veces, es decir, alguien tenía una copia.',
    'Entre de nuevo con el teléfono. Si usted no la terminó, vea `GET /v1/sessions`: `endReason` dice por qué.',
  ],
  session_not_found: [
    'There is no session of this id, or it is another person’s, which is answered in the same way.',
    'Take the id from `startSession`, or from `GET /v1/sessions`. A sign-in that nobody finished is forgotten after a day.',
    'No hay una sesión con este identificador, o es de otra persona, lo que se responde igual.',
    'Tome el identificador de `startSession` o de `GET /v1/sessions`. Un ingreso que nadie terminó se olvida después de un día.',
  ],
  session_wrong_status: [
    'This code has signed a device in already, or the session has ended. The same device may confirm again until its first refresh.',
    'Begin a new sign-in with `POST /v1/sessions`.',
    'Este código ya sirvió para entrar en un dispositivo, o la sesión terminó. El mismo dispositivo puede confirmar de nuevo hasta su primera renovación.',
    'Empiece un ingreso nuevo con `POST /v1/sessions`.',
  ],
  registration_exists: [
    'A person registers one shop and one wallet by themselves. `facts.id` is the one that they have.',
    'Go on with that registration. Further shops of the same owner are opened by the bank, which makes the person a member.',
    'Una persona registra por sí misma un comercio y una billetera. `facts.id` es el que ya tiene.',
    'Continúe con ese registro. Otros comercios del mismo dueño los abre el banco, que hace miembro a la persona.',
  ],
  member_not_found: [
    'The shop has no member of this id, or the invitation was sent to another phone.',
    'List the shop’s members, or read `GET /v1/self` for the invitations of the phone that signed in.',
    'El comercio no tiene un miembro con este identificador, o la invitación fue a otro teléfono.',
    'Liste los miembros del comercio, o lea en `GET /v1/self` las invitaciones del teléfono que entró.',
  ],
  device_not_found: [
    'The shop has no till of this id.',
    'List the shop’s tills with `GET /v1/merchants/{merchantId}/devices`.',
    'El comercio no tiene una caja con este identificador.',
    'Liste las cajas del comercio con `GET /v1/merchants/{merchantId}/devices`.',
  ],
  member_duplicate: [
    'Somebody with this phone is a member of the shop, or has an open invitation.',
    'List the members. To invite again, remove the open invitation first.',
    'Alguien con este teléfono ya es miembro del comercio, o tiene una invitación abierta.',
    'Liste los miembros. Para invitar de nuevo, quite antes la invitación abierta.',
  ],
  member_wrong_status: [
    'The member was removed, or changed while you looked at it. `facts.status` names the status.',
    'Read the list of members or tills again and decide on what it says now.',
    'El miembro fue retirado, o cambió mientras usted lo miraba. `facts.status` indica el estado.',
    'Lea de nuevo la lista de miembros o cajas y decida con lo que dice ahora.',
  ],
  last_owner: [
    'A shop without an owner could be managed by nobody. This is its last one.',
    'Make another member the owner first; then remove this one, or give them another role.',
    'Un comercio sin dueño no lo podría administrar nadie. Este es el último.',
    'Haga dueño antes a otro miembro; después retire a este, o dele otro papel.',
  ],
} as const satisfies Readonly<Record<string, Guide>>
