/**
 * The districts of El Salvador's departments in the order of their codes: 14 departments, 262 districts, each a
 * municipality of its own until 30 April 2024.
 *
 * Codes and names were compared on 28 November 2026 with two public lists that follow CAT-013:
 * `prisma/seeds/municipality.seed.ts` of github.com/fabio248/bad115-api (at 7d17bb7) and
 * `database/seeders/Cat013TableSeeder.php` of github.com/Konverza/facturacion_frontend (at 5f416e6). Nobody has
 * compared them with the ministry's own publication: `verified: false` in that sense. 1415 is `San José` in both, and
 * San José La Fuente in the list of districts.
 *
 * @see Ministerio de Hacienda, Catálogos del Sistema de Transmisión, CAT-012 and CAT-013
 */
// biome-ignore format: a table
export const EL_SALVADOR: readonly string[] = [
  // Ahuachapán
  `Ahuachapán, Apaneca, Atiquizaya, Concepción de Ataco, El Refugio, Guaymango, Jujutla, San Francisco Menéndez,
  San Lorenzo, San Pedro Puxtla, Tacuba, Turín`,
  // Santa Ana
  `Candelaria de la Frontera, Coatepeque, Chalchuapa, El Congo, El Porvenir, Masahuat, Metapán, San Antonio
  Pajonal, San Sebastián Salitrillo, Santa Ana, Santa Rosa Guachipilín, Santiago de la Frontera, Texistepeque`,
  // Sonsonate
  `Acajutla, Armenia, Caluco, Cuisnahuat, Santa Isabel Ishuatán, Izalco, Juayúa, Nahuizalco, Nahulingo,
  Salcoatitán, San Antonio del Monte, San Julián, Santa Catarina Masahuat, Santo Domingo de Guzmán, Sonsonate,
  Sonzacate`,
  // Chalatenango
  `Agua Caliente, Arcatao, Azacualpa, Citalá, Comalapa, Concepción Quezaltepeque, Chalatenango, Dulce Nombre de
  María, El Carrizal, El Paraíso, La Laguna, La Palma, La Reina, Las Vueltas, Nombre de Jesús, Nueva Concepción,
  Nueva Trinidad, Ojos de Agua, Potonico, San Antonio de la Cruz, San Antonio Los Ranchos, San Fernando, San
  Francisco Lempa, San Francisco Morazán, San Ignacio, San Isidro Labrador, San José Cancasque, San José Las
  Flores, San Luis del Carmen, San Miguel de Mercedes, San Rafael, Santa Rita, Tejutla`,
  // La Libertad
  `Antiguo Cuscatlán, Ciudad Arce, Colón, Comasagua, Chiltiupán, Huizúcar, Jayaque, Jicalapa, La Libertad, Nuevo
  Cuscatlán, Santa Tecla, Quezaltepeque, Sacacoyo, San José Villanueva, San Juan Opico, San Matías, San Pablo
  Tacachico, Tamanique, Talnique, Teotepeque, Tepecoyo, Zaragoza`,
  // San Salvador
  `Aguilares, Apopa, Ayutuxtepeque, Cuscatancingo, El Paisnal, Guazapa, Ilopango, Mejicanos, Nejapa, Panchimalco,
  Rosario de Mora, San Marcos, San Martín, San Salvador, Santiago Texacuangos, Santo Tomás, Soyapango,
  Tonacatepeque, Ciudad Delgado`,
  // Cuscatlán
  `Candelaria, Cojutepeque, El Carmen, El Rosario, Monte San Juan, Oratorio de Concepción, San Bartolomé Perulapía,
  San Cristóbal, San José Guayabal, San Pedro Perulapán, San Rafael Cedros, San Ramón, Santa Cruz Analquito, Santa
  Cruz Michapa, Suchitoto, Tenancingo`,
  // La Paz
  `Cuyultitán, El Rosario, Jerusalén, Mercedes La Ceiba, Olocuilta, Paraíso de Osorio, San Antonio Masahuat, San
  Emigdio, San Francisco Chinameca, San Juan Nonualco, San Juan Talpa, San Juan Tepezontes, San Luis Talpa, San
  Miguel Tepezontes, San Pedro Masahuat, San Pedro Nonualco, San Rafael Obrajuelo, Santa María Ostuma, Santiago
  Nonualco, Tapalhuaca, Zacatecoluca, San Luis La Herradura`,
  // Cabañas
  `Cinquera, Guacotecti, Ilobasco, Jutiapa, San Isidro, Sensuntepeque, Tejutepeque, Victoria, Dolores`,
  // San Vicente
  `Apastepeque, Guadalupe, San Cayetano Istepeque, Santa Clara, Santo Domingo, San Esteban Catarina, San Ildefonso,
  San Lorenzo, San Sebastián, San Vicente, Tecoluca, Tepetitán, Verapaz`,
  // Usulután
  `Alegría, Berlín, California, Concepción Batres, El Triunfo, Ereguayquín, Estanzuelas, Jiquilisco, Jucuapa,
  Jucuarán, Mercedes Umaña, Nueva Granada, Ozatlán, Puerto El Triunfo, San Agustín, San Buenaventura, San
  Dionisio, Santa Elena, San Francisco Javier, Santa María, Santiago de María, Tecapán, Usulután`,
  // San Miguel
  `Carolina, Ciudad Barrios, Comacarán, Chapeltique, Chinameca, Chirilagua, El Tránsito, Lolotique, Moncagua, Nueva
  Guadalupe, Nuevo Edén de San Juan, Quelepa, San Antonio del Mosco, San Gerardo, San Jorge, San Luis de la Reina,
  San Miguel, San Rafael Oriente, Sesori, Uluazapa`,
  // Morazán
  `Arambala, Cacaopera, Corinto, Chilanga, Delicias de Concepción, El Divisadero, El Rosario, Gualococti,
  Guatajiagua, Joateca, Jocoaitique, Jocoro, Lolotiquillo, Meanguera, Osicala, Perquín, San Carlos, San Fernando,
  San Francisco Gotera, San Isidro, San Simón, Sensembra, Sociedad, Torola, Yamabal, Yoloaiquín`,
  // La Unión
  `Anamorós, Bolívar, Concepción de Oriente, Conchagua, El Carmen, El Sauce, Intipucá, La Unión, Lislique,
  Meanguera del Golfo, Nueva Esparta, Pasaquina, Polorós, San Alejo, San José, Santa Rosa de Lima, Yayantique,
  Yucuaiquín`,
]

/**
 * The 44 municipalities since 1 May 2024, by department, each with the codes of its districts within the department.
 * Their own codes go on where those of the old municipalities end: Ahuachapán Norte is `0113`.
 *
 * Which district belongs where was compared on 28 November 2026 with `organization.py` of
 * github.com/MauricioDMO/Organizacion-territotial (at 0cf7f73); the codes with a public copy of CAT-013 of 2024, for
 * Chalatenango, La Libertad, San Salvador and Cuscatlán only. Not compared with the official journal:
 * `verified: false`.
 *
 * @see Decreto Legislativo 762 of 13 June 2023, Ley Especial para la Reestructuración Municipal
 */
// biome-ignore format: a table
export const SALVADORAN_MUNICIPALITIES: readonly (readonly string[])[] = [
  // Ahuachapán
  ['Norte 03 05 09 12', 'Centro 01 02 04 11', 'Sur 06 07 08 10'],
  // Santa Ana
  ['Norte 06 07 11 13', 'Centro 10', 'Este 02 04', 'Oeste 01 03 05 08 09 12'],
  // Sonsonate
  ['Norte 07 08 10 13', 'Centro 09 11 14 15 16', 'Este 02 03 04 05 06 12', 'Oeste 01'],
  // Chalatenango
  ['Norte 04 12 25', 'Centro 01 08 10 13 16 22 24 31 32 33',
    'Sur 02 03 05 06 07 09 11 14 15 17 18 19 20 21 23 26 27 28 29 30'],
  // La Libertad
  ['Norte 12 16 17', 'Centro 02 15', 'Oeste 03 07 13 19 21', 'Este 01 06 10 14 22', 'Costa 05 08 09 18 20', 'Sur 04 11'],
  // San Salvador
  ['Norte 01 05 06', 'Oeste 02 09', 'Este 07 13 17 18', 'Centro 03 04 08 14 19', 'Sur 10 11 12 15 16'],
  // Cuscatlán
  ['Norte 06 07 09 10 15', 'Sur 01 02 03 04 05 08 11 12 13 14 16'],
  // La Paz
  ['Oeste 01 05 09 11 13 15 20', 'Centro 02 03 04 06 07 08 12 14 16 18 19 22', 'Este 10 17 21'],
  // Cabañas
  ['Oeste 01 03 04 07', 'Este 02 05 06 08 09'],
  // San Vicente
  ['Norte 01 04 05 06 07 08 09', 'Sur 02 03 10 11 12 13'],
  // Usulután
  ['Norte 01 02 05 07 09 11 12 16 21', 'Este 03 04 06 10 13 17 18 20 22 23', 'Oeste 08 14 15 19'],
  // San Miguel
  ['Norte 01 02 04 11 13 14 16 19', 'Centro 03 06 09 12 17 20', 'Oeste 05 07 08 10 15 18'],
  // Morazán
  ['Norte 01 02 03 07 10 11 14 16 18 20 24', 'Sur 04 05 06 08 09 12 13 15 17 19 21 22 23 25 26'],
  // La Unión
  ['Norte 01 02 03 06 09 11 12 13 15 16', 'Sur 04 05 07 08 10 14 17 18'],
]
