/**
 * Departments and municipalities by code and name (`@pisto/identity/places`). Apart from the package's main door
 * because of its lists: whoever only checks documents does not load them.
 */
export { type Municipality, municipalitiesOf, municipalityOf } from './municipalities.ts'
export { searchMunicipalities } from './search-municipalities.ts'
