/**
 * Words of business names that say nothing about which business it is, in Guatemala, Honduras and El Salvador.
 * Compiled by hand: legal forms from the commercial codes (GT Decreto 2-70, HN Decreto 73-50, SV Decreto 671), trades
 * and common shop names from general use.
 */

/** Legal forms and their abbreviations, folded, as they stand at the end or in the middle of a name. */
export const LEGAL_FORMS: readonly RegExp[] = [
  /\bde\s+c\.?\s*v\.?\s*$/g,
  /\bsociedad(?: anonima| de responsabilidad limitada| colectiva| cooperativa)?\b/g,
  /\ben comandita(?: simple| por acciones)?\b/g,
  /\bempresa individual(?: de responsabilidad limitada)?\b/g,
  /\b(?:de )?capital variable\b/g,
  /\bresponsabilidad limitada\b/g,
  /\bs\.?\s*(?:de\s+)?r\.?\s*l\.?\s*$/g,
  /\bs\.?\s*a\.?\s*$/g, // at the end only: S. A. Pérez has initials
  /\b(?:ltda|ltd|limitada|limited|inc|incorporated|corp|corporation|gmbh|plc)\b\.?/g,
  /\b(?:e\.?i\.?r\.?l|l\.?l\.?c|s\.?a\.?s|s\.?r\.?l|s\.?e\.?m|c\.?\s?por\s?a)\b\.?/g,
  /(?:\by|&)\s*(?:cia|compania|co)\b\.?/g,
]

const GENERIC = `
  abarroteria abarrotes academia accesorios administradora agencia agricola agro agroexportadora agroindustria
  agroindustrial agroindustrias agropecuaria agroservicio almacen alimentos asesores asesoria asociacion asociados
  auto autolote automotriz autorepuestos bar barberia bazar bodega bufete cafe cafeteria caja carniceria carpinteria
  casa centro cerrajeria clinica colegio comedor comercial comercializadora comercio comite compania computacion
  confecciones consorcio construcciones constructora consultores consultoria cooperativa corporacion creaciones
  cristaleria deposito desarrollo desarrolladora despacho diseno distribuciones distribuidora distribuidores dulceria
  empresa empresas electronica equipos escuela estacion estudio expendio exportaciones exportadora fabrica farmacia
  ferreteria finca floristeria foto fotocopias fruteria fundacion funeraria ganadera gasolinera general generales
  global granja grupo herreria hermanas hermanos hnos holding hotel imports importaciones importadora imprenta
  industria industrial industrias ingenieria ingenieros inmobiliaria insumos internacional international instituto
  inversion inversiones inversora jugueteria joyeria laboratorio laboratorios lavanderia libreria logistica
  lubricantes manufacturas maquila materiales mercado mercadeo mini minisuper mueblera muebleria multi multiservicios
  nacional negocios novedades oficina operadora optica ong organizacion panaderia papeleria pasteleria peluqueria
  pinturas pizzeria planta productos productora promotora proveedora proyectos publicidad pulperia puesto quimica
  radio recicladora refaccionaria refrescos repuestos restaurante rosticeria ropa sala salon sastreria seguridad
  semillas servicio servicios sistemas soluciones supermercado super surtidora suministros taller talleres taqueria
  tecnologia tecnologias textiles tienda tiendas tortilleria trading transporte transportes turismo universal
  variedades venta ventas veterinaria viajes vidrieria vivero zapateria company enterprise enterprises group holdings
  services trust foundation fund sucesores centroamerica centroamericana guatemala guatemalteca honduras
  hondurena salvador salvadorena`

const COMMON = `
  norte sur este oeste oriente occidente central san santa santo virgen guadalupe jesus maria jose juan antonio rosa
  bendicion esperanza fe gracia milagro milagrosa divino divina nino maestro providencia buen buena pastor senor dios
  economica economico popular progreso union amistad familia familiar hogar amigo amigos nuevo nueva gran el la mi tu
  sol luna estrella luz oro plata azul verde rojo roja blanco blanca negro flor flores rosas jardin paraiso palma
  palmas pino pinos ceiba lago rio mar costa monte montana valle volcan parque plaza esquina puente camino real rey
  reina lupita anita rosita carmen juanita mary gloria aurora victoria fortuna suerte exito elegante moderna moderno
  ideal maya quetzal xela tikal atitlan copan pipil lempira centroamericano latina latino america americana tropical
  caribe pacifico atlantico express plus total master primera primero segunda segundo uno dos tres`

const stems = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/).map(singular))

/** Comparable whether one or many are meant: `transportes`, `transporte`. */
export function singular(folded: string): string {
  return folded.replace(/(?<=[^aeiou])es$/, '').replace(/(?<=..)s$/, '')
}

/** Trades and kinds of firms. */
export const TRADE_WORDS = stems(GENERIC)
/** What thousands of shops are called. */
export const COMMON_SHOP_WORDS = stems(COMMON)
