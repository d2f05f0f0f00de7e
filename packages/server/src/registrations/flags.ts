import type { Flag as FlagAnswer } from '@pisto/contract'

/** What was found about a registration that nobody is refused for. */
export interface Flag {
  readonly code: FlagAnswer['code']
  readonly how: FlagAnswer['resemblance']
  /** `mer_…` or `con_…`: whom it resembles. */
  readonly registrationIds: readonly string[]
}

const TEXTS: Readonly<Record<FlagAnswer['code'], readonly [message: string, messageEs: string]>> = {
  name_resembles: [
    'The name of the business is easily taken for that of an active neighbour',
    'El nombre del negocio se confunde fácilmente con el de un vecino activo',
  ],
}

/** As the wire has it. */
export const showFlag = ({ code, how, registrationIds }: Flag): FlagAnswer => {
  const [message, messageEs] = TEXTS[code]
  return { code, message, messageEs, resemblance: how, registrationIds: [...registrationIds] }
}

/** The flags with those of one code found anew. */
export const withFlag = (flags: readonly Flag[], code: Flag['code'], found: Flag | undefined): readonly Flag[] => [
  ...flags.filter((flag) => flag.code !== code),
  ...(found === undefined ? [] : [found]),
]
