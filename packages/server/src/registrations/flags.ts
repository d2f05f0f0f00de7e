import type { Flag as FlagAnswer } from '@pisto/contract'
import { type MrzFinding, mrzFinding } from '@pisto/identity/mrz'

/** What was found about a registration that nobody is refused for. */
export interface Flag {
  readonly code: FlagAnswer['code']
  readonly how: FlagAnswer['resemblance']
  /** `mer_…` or `con_…`: whom it resembles. */
  readonly registrationIds: readonly string[]
  /** Of `mrz_mismatch`. */
  readonly findings?: readonly Pick<MrzFinding, 'field' | 'code'>[]
}

const TEXTS: Readonly<Record<FlagAnswer['code'], readonly [message: string, messageEs: string]>> = {
  name_resembles: [
    'The name of the business is easily taken for that of an active neighbour',
    'El nombre del negocio se confunde fácilmente con el de un vecino activo',
  ],
  person_resembles: [
    'Somebody with another document has nearly the same name and birth date',
    'Otra persona, con otro documento, tiene casi el mismo nombre y la misma fecha de nacimiento',
  ],
  mrz_mismatch: [
    'The machine-readable lines of the card are not what was typed',
    'Las líneas de lectura mecánica del documento no son lo que se escribió',
  ],
}

/** As the wire has it. */
export const showFlag = ({ code, how, registrationIds, findings = [] }: Flag): FlagAnswer => {
  const [message, messageEs] = TEXTS[code]
  return {
    code,
    message,
    messageEs,
    resemblance: how,
    registrationIds: [...registrationIds],
    findings: findings.map((found) => {
      const { valid: _, ...finding } = mrzFinding(found.field, found.code)
      return finding
    }),
  }
}

/** The flags with those of one code found anew. */
export const withFlag = (flags: readonly Flag[], code: Flag['code'], found: Flag | undefined): readonly Flag[] => [
  ...flags.filter((flag) => flag.code !== code),
  ...(found === undefined ? [] : [found]),
]
