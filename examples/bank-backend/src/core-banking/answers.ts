import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { CORE_REFUSALS } from './core-banking.ts'

/** Answers of the core system, as far as they are read. It may send more. */
const Customer = Type.Object({
  customerNumber: Type.String(),
  country: Type.Enum(['GT', 'HN', 'SV']),
  givenNames: Type.String(),
  familyNames: Type.String(),
  dateOfBirth: Type.String(),
  document: Type.Object({ type: Type.Enum(['DPI', 'DNI', 'DUI']), number: Type.String() }),
  phone: Type.String(),
  accountNumbers: Type.Array(Type.String()),
})

const Booked = Type.Object({ reference: Type.String(), status: Type.Enum(['booked', 'undone']) })

const Refusal = Type.Object({ code: Type.Enum([...CORE_REFUSALS]) })

export type Booked = Static<typeof Booked>

export const customerAnswer = Compile(Customer)
export const bookedAnswer = Compile(Booked)
export const refusalAnswer = Compile(Refusal)
