import type { Guide } from './guide.ts'

/** About agents and their offline journals. */
// biome-ignore format: a paragraph a line
export const AGENT_GUIDES = {
  agent_not_found: [
    'Your tenant has no agent of this id. An agent of another tenant is answered in the same way.',
    'Check that id and key belong together. `GET /v1/agents` lists yours.',
    'Su institución no tiene un agente con este identificador. Un agente de otra institución se responde igual.',
    'Revise que el identificador y la clave correspondan. `GET /v1/agents` lista los suyos.',
  ],
  agent_device_not_found: [
    'No agent of your tenant has a device of this id, or it is another agent’s.',
    'Use the id that `POST /v1/agents/{agentId}/devices` answered. The same public key sent again gives the same id.',
    'Ningún agente de su institución tiene un dispositivo con este identificador, o es de otro agente.',
    'Use el identificador que respondió `POST /v1/agents/{agentId}/devices`. La misma clave pública enviada otra vez da el mismo identificador.',
  ],
  agent_wrong_status: [
    'The agent is suspended, or is not. `facts.status` names the status. Of a journal nothing was taken; it stays on the device.',
    'Reinstate the agent, then send the journal again: nothing of it is lost.',
    'El agente está suspendido, o no lo está. `facts.status` indica el estado. Del diario no se tomó nada; sigue en el dispositivo.',
    'Reincorpore al agente y envíe el diario de nuevo: no se pierde nada.',
  ],
  agent_device_revoked: [
    'The device was revoked: it was lost, or replaced. Nothing of its journal was taken.',
    'Add the device under a new key, if it is in the right hands. What was still waiting is entered again.',
    'El dispositivo fue revocado: se perdió o se reemplazó. No se tomó nada de su diario.',
    'Agregue el dispositivo con una clave nueva, si está en buenas manos. Lo que estaba en espera se registra de nuevo.',
  ],
  device_key_taken: [
    'A device of your tenant has this public key already: another agent’s, or one that was revoked. A key is one device’s, for ever.',
    'Make a new key on the device, and add it with that.',
    'Un dispositivo de su institución ya tiene esta clave pública: es de otro agente, o fue revocado. Una clave es de un solo dispositivo, para siempre.',
    'Genere una clave nueva en el dispositivo y agréguelo con ella.',
  ],
  attestation_invalid: [
    'Who registers somebody in the field attests it. `facts.reason` says what is wrong: `missing`; `signature`, not by the key of this device; `content`, not what an attestation says; `other_operation`, about another person or form.',
    'Let the device sign anew over exactly the form that it sends, and send it as a new operation.',
    'Quien registra a alguien en el campo lo declara. `facts.reason` dice qué falla: `missing`, falta; `signature`, no es de la clave de este dispositivo; `content`, no dice lo que dice una declaración; `other_operation`, trata de otra persona u otro formulario.',
    'Haga que el dispositivo firme de nuevo sobre el formulario exacto que envía, y envíelo como una operación nueva.',
  ],
  registration_edited: [
    'Between reading and editing, somebody else edited the same fields. `facts.fields` names them. In a journal this is a conflict with a choice.',
    'Show both, and let the person choose: `keepTheirs` or `useMine`.',
    'Entre la lectura y la edición, otra persona editó los mismos campos. `facts.fields` los indica. En un diario es un conflicto con opciones.',
    'Muestre ambos y deje que la persona elija: `keepTheirs` o `useMine`.',
  ],
  sync_subject_unknown: [
    'The operation is about a local id that no operation of this journal has registered (its registration was refused or discarded), or registers one a second time.',
    'Register the person with a new operation, then send what follows as new operations.',
    'La operación trata de un identificador local que ninguna operación de este diario registró (su registro se rechazó o se descartó), o lo registra por segunda vez.',
    'Registre a la persona con una operación nueva y envíe lo que sigue como operaciones nuevas.',
  ],
  sync_previous_refused: [
    'The operation builds on one that was refused, so it was not tried: an edit may have been the reason to submit.',
    'Mend what was refused, and do the rest again, as new operations.',
    'La operación se basa en otra que se rechazó, así que no se intentó: una edición pudo ser el motivo del envío.',
    'Corrija lo rechazado y haga el resto otra vez, como operaciones nuevas.',
  ],
  sync_sequence_taken: [
    'The device has sent another operation under this place in its journal: its storage was set back or copied to a second device.',
    'Add the device anew with a new key and begin a new journal. What the server has not taken is entered again.',
    'El dispositivo envió otra operación en este lugar de su diario: su almacenamiento se restauró o se copió a otro dispositivo.',
    'Agregue el dispositivo de nuevo, con otra clave, y empiece un diario nuevo. Lo que el servidor no tomó se registra de nuevo.',
  ],
  sync_choice_invalid: [
    'The conflict was settled by another choice, was never one, or does not leave this choice.',
    'Read the results again: `choices` of the conflict names those that there are.',
    'El conflicto ya se resolvió con otra opción, nunca lo fue, o no permite esta opción.',
    'Lea de nuevo los resultados: `choices` del conflicto indica las que hay.',
  ],
} as const satisfies Record<string, Guide>
