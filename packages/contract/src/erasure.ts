import { type Static, Type } from 'typebox'
import { Actor } from './operators.ts'
import { nullable, strictObject, Timestamp } from './values.ts'

export const Erasure = strictObject(
  {
    requestedAt: Timestamp,
    dueAt: { ...Timestamp, description: 'When the law that keeps the data lets it go' },
    erasedAt: nullable({ ...Timestamp, description: 'Null: still kept, for the law alone, and shown by no answer' }),
    source: Type.String({ description: 'The law that keeps the data until then, or why none does' }),
  },
  { title: 'Erasure', description: 'The person is to be erased, or was: personal fields are null' },
)
export interface Erasure extends Static<typeof Erasure> {}

export const Erase = strictObject({ actor: Actor }, { title: 'Erase' })
export interface Erase extends Static<typeof Erase> {}

export const PersonalDataExport = strictObject(
  {
    id: Type.String({ description: 'Of the merchant or consumer' }),
    createdAt: Timestamp,
    keptBack: strictObject(
      { message: Type.String(), messageEs: Type.String() },
      {
        title: 'KeptBack',
        description:
          'What is not part of it, in words for the person, the same for everybody: cases of screening and monitoring',
      },
    ),
    parts: Type.Array(
      strictObject(
        {
          name: Type.String(),
          purpose: Type.String({ description: 'Why it is held' }),
          retention: Type.String({ description: 'How long it is held, and by which rule' }),
          data: Type.Unknown({ description: 'What is held, as JSON' }),
        },
        { title: 'PersonalDataPart' },
      ),
    ),
  },
  {
    title: 'PersonalDataExport',
    description: 'What is held about a person, but for what the institution may have to keep secret (`keptBack`)',
  },
)
export interface PersonalDataExport extends Static<typeof PersonalDataExport> {}
