/** Words that the rules of pairs need, compiled by hand. */

export const GENDER_PAIRS: readonly (readonly [man: string, woman: string])[] = [
  ...['Julio Julia', 'Mario María', 'Carlos Carla', 'Daniel Daniela', 'Gabriel Gabriela', 'Francisco Francisca'],
  ...['Antonio Antonia', 'Juan Juana', 'Manuel Manuela', 'Rafael Rafaela', 'Alejandro Alejandra', 'Fernando Fernanda'],
  ...['Claudio Claudia', 'Roberto Roberta', 'Martín Martina', 'Víctor Victoria', 'Ángel Ángela', 'Marcelo Marcela'],
  ...['Mauricio Mauricia', 'Delfino Delfina', 'Josué Josefa', 'Andrés Andrea', 'Simón Simona', 'Leonel Leonela'],
  ...['Domingo Dominga', 'Tomás Tomasa', 'Nicolás Nicolasa', 'Silvio Silvia', 'Fabio Fabia', 'Eusebio Eusebia'],
].map((pair) => pair.split(' ') as [string, string])

export const SIBLING_NAMES: readonly (readonly [one: string, two: string])[] = [
  ...['Edwin Erwin', 'Mirna Mirta', 'Rolando Rosendo', 'Elmer Elder', 'Marvin Melvin', 'Nelson Wilson', 'Karla Karina'],
  ...['Glenda Brenda', 'Wilmer Wilber', 'Delia Delmy', 'Óscar Omar', 'Norma Nora', 'Sonia Tania', 'Edgar Edgardo'],
  ...['Elvia Elvira', 'Hilda Gilda', 'Irma Iris', 'Wendy Heidy', 'Marlon Marlin', 'Alba Alma', 'Roberto Rigoberto'],
  ...['Luisa Lucía', 'José Josué', 'Miriam Mirian', 'Juan Julián', 'Ana Anabella', 'Elsa Elisa', 'Noé Noel'],
  ...['Dina Dora', 'Fredy Franklin', 'Blanca Bianca', 'Denis Dennis', 'Celia Delia', 'Rony Tony', 'Ester Estela'],
]
  .filter((pair) => pair !== 'Miriam Mirian' && pair !== 'Denis Dennis') // spellings of one name
  .map((pair) => pair.split(' ') as [string, string])

export const NEAR_SURNAMES: readonly (readonly [one: string, two: string])[] = [
  ...['Moreno Morales', 'Rodas Rodríguez', 'Hernán Hernández', 'Castro Castillo', 'Méndez Menéndez', 'Ortiz Ortega'],
  ...['Ramos Ramírez', 'Gómez Gámez', 'Martín Martínez', 'Paz Paiz', 'Rosas Rosales', 'Barrios Barrera', 'Lara Lazo'],
  ...[
    'Rivas Rivera',
    'Vásquez Velásquez',
    'Coc Choc',
    'Coy Coc',
    'Cuc Cux',
    'Tun Tum',
    'Pec Pech',
    'Xol Xoc',
    'Mus Mux',
  ],
  ...[
    'Menjívar Meléndez',
    'Meléndez Menéndez',
    'Flores Florián',
    'Cabrera Carrera',
    'Solís Solano',
    'Linares Olivares',
  ],
  ...['Pineda Pinel', 'Salazar Salinas', 'Aguilar Aguirre', 'Molina Medina', 'Peña Peñate', 'Vega Vela', 'Luna Lima'],
  ...['Santos Santizo', 'Reyes Reyna', 'Tiul Tut', 'Caal Cac', 'Ical Icó', 'Sic Sis', 'Batz Bac', 'Ajú Ajcac'],
].map((pair) => pair.split(' ') as [string, string])

export const PARTICLE_SURNAMES: readonly string[] = [
  ...['de la Cruz', 'de los Reyes', 'de la Rosa', 'de León', 'del Cid', 'de la O', 'de los Santos', 'del Valle'],
  ...['de Jesús', 'de la Peña', 'del Águila', 'de Paz'],
]

export const SHORT_FORMS: readonly (readonly [short: string, long: string])[] = [
  ...['Hdez. Hernández', 'Rdz. Rodríguez', 'Mtz. Martínez', 'Glez. González', 'Fdez. Fernández', 'Gmz. Gómez'],
  ...['Mª María', 'Ma. María', 'Fco. Francisco', 'Gpe. Guadalupe', 'Ant. Antonio', 'Alej. Alejandro', 'Dgo. Domingo'],
  ...['Vsqz. Vásquez', 'Jmz. Jiménez', 'Gtz. Gutiérrez', 'Rmz. Ramírez', 'Conc. Concepción', 'Tdoro. Teodoro'],
].map((pair) => pair.split(' ') as [string, string])

/** What tells businesses apart. */
export const DISTINCTIVE_WORDS: readonly string[] =
  `Quetzalillo Ixtuc Xelajú Polochic Tecún Cerrón Zapotal Lempa Izalco Cuscatlán Olancho Yojoa Choluteca Utatlán Zaculeu
  Chirrepeco Tacaná Chichicaste Sumpango Guazapa Pacaya Cojutepeque Naranjal Caoba Matilisguate Pito Copalchí Amatillo
  Tempisque Conacaste`.split(/\s+/)

export const TRADES: readonly string[] = [
  ...['Transportes', 'Constructora', 'Inversiones', 'Comercial', 'Agroexportadora', 'Distribuidora', 'Ferretería'],
  ...['Farmacia', 'Importadora', 'Servicios', 'Industrias', 'Multiservicios'],
]

export const LEGAL_FORMS_WRITTEN: readonly string[] = [
  ...['S.A.', 'S. A.', 'SA', 'S.A. de C.V.', 'SA DE CV', 'S. de R.L.', 'S. de R.L. de C.V.', 'Sociedad Anónima'],
  ...['Ltda.', 'y Cía.', 'Sociedad de Responsabilidad Limitada', 'y Compañía Limitada', 'E.I.R.L.'],
]

/** Two shops of the same trade. */
export const COMMON_SHOP_PAIRS: readonly (readonly [one: string, two: string])[] = [
  ['San José', 'San Juan'],
  ['del Norte', 'del Sur'],
  ['La Bendición', 'La Esperanza'],
  ['Lupita', 'Anita'],
  ['El Sol', 'La Luna'],
  ['López', 'Pérez'],
  ['San Antonio', 'Santa Rosa'],
  ['La Económica', 'La Popular'],
]
