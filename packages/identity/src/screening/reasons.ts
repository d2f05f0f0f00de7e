import type { ReasonCode } from './subject.ts'

/** What each reason says to the person who decides: English, Spanish. */
export const SCREENING_REASONS: Readonly<Record<ReasonCode, readonly [message: string, messageEs: string]>> = {
  id_equal: ['An id number is the same', 'Un número de documento es el mismo'],
  id_different: ['Id numbers of the same type differ', 'Los números del mismo tipo de documento son distintos'],
  id_different_birth_date_near: [
    'Id numbers of the same type differ, though the birth dates agree as far as known, or but for a slip',
    'Los números del mismo tipo de documento son distintos, aunque las fechas de nacimiento coinciden en lo conocido, o salvo un error',
  ],
  id_different_birth_date_equal: [
    'Id numbers of the same type differ, though the birth date is the same',
    'Los números del mismo tipo de documento son distintos, aunque la fecha de nacimiento es la misma',
  ],
  birth_date_equal: ['The birth date is the same', 'La fecha de nacimiento es la misma'],
  birth_date_near: [
    'The birth dates agree as far as known, or differ by a slip',
    'Las fechas de nacimiento coinciden en lo conocido, o difieren por un descuido',
  ],
  birth_date_different: [
    'Another birth date: somebody else of this name',
    'Otra fecha de nacimiento: otra persona del mismo nombre',
  ],
  country_equal: ['The country is the same', 'El país es el mismo'],
  country_different: ['The countries differ', 'Los países son distintos'],
  kind_different: ['One is a person, the other an organisation', 'Una es persona y la otra organización'],
  complete: ['No word is left without partner', 'Ninguna palabra queda sin pareja'],
  complete_but_married: ['Only a married name is left', 'Solo queda el apellido de casada'],
  married_names_differ: ['The married names differ', 'Los apellidos de casada son distintos'],
  single_word: ['One name alone tells nobody apart', 'Un solo nombre no distingue a nadie'],
  only_initials: ['Nothing but initials agrees', 'Solo coinciden iniciales'],
  no_given_name: ['No given name agrees', 'No coincide ningún nombre de pila'],
  no_surname: ['No surname agrees', 'No coincide ningún apellido'],
  given_conflict: ['Each side has another given name', 'Cada lado tiene otro nombre de pila'],
  surname_conflict: ['Each side has another surname', 'Cada lado tiene otro apellido'],
  place_conflict: ['Different words in the same place', 'Palabras distintas en el mismo lugar'],
  mixed_leftovers: [
    'One side has another given name, the other another surname',
    'Un lado tiene otro nombre y el otro lado otro apellido',
  ],
  generation_conflict: ['Father and son, or otherwise another generation', 'Padre e hijo, u otra generación'],
  given_missing: ['A given name is on one side only', 'Un nombre de pila está solo en un lado'],
  surname_missing: ['A second surname is on one side only', 'Un segundo apellido está solo en un lado'],
  first_surname_missing: ['The first surname is on one side only', 'El primer apellido está solo en un lado'],
  surnames_swapped: ['The surnames are swapped', 'Los apellidos están en otro orden'],
  alias_equal: ['A weak alias agrees, too', 'También coincide un apodo'],
  same_business_name: ['The whole business name is the same', 'Todo el nombre del negocio es el mismo'],
  nothing_distinctive: [
    'Only words that many businesses have agree',
    'Solo coinciden palabras comunes a muchos negocios',
  ],
  distinctive_conflict: ['Each side has another distinctive word', 'Cada lado tiene otra palabra distintiva'],
  distinctive_missing: ['A distinctive word is on one side only', 'Una palabra distintiva está solo en un lado'],
  trade_conflict: ['The trades differ', 'Los giros son distintos'],
  number_conflict: ['The numbers differ: another branch or business', 'Los números difieren: otra sucursal o negocio'],
}
