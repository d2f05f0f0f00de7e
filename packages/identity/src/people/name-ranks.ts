/**
 * How common given names and surnames are in Guatemala, Honduras and El Salvador, in rough ranks: what two people
 * share by being called José López says little, what they share by being called Zenaida Uxpantay says much.
 *
 * Ranks, not frequencies: registries publish their first ten, and nobody publishes the rest by the person. Each row
 * says where it was read; rows without a published list are marked as not verified.
 */

/** Rank of a name where it is most common: among the first 10, the first 50, the first 200, or known at all. */
export type NameRank = 'top' | 'frequent' | 'familiar' | 'known'

/** Names of one rank, with where that was read. */
export interface RankedNames {
  readonly part: 'given' | 'surname'
  readonly rank: NameRank
  readonly countries: readonly ('GT' | 'HN' | 'SV')[]
  readonly source: string
  /** Whether the source is a registry's published list. */
  readonly verified: boolean
  /** Parted by spaces. */
  readonly names: string
}

const COMPILED = 'compiled by hand for this project from names in general use; ranks are rough'
const ALL = ['GT', 'HN', 'SV'] as const

export const RANKED_NAMES: readonly RankedNames[] = [
  {
    part: 'surname',
    rank: 'top',
    countries: ['GT'],
    source: 'RENAP, in Emisoras Unidas, 11 March 2026: emisorasunidas.com, apellidos-mas-comunes-en-guatemala',
    verified: true,
    names: 'López Pérez García Hernández Morales Ramírez Gómez González Vásquez Caal',
  },
  {
    part: 'surname',
    rank: 'top',
    countries: ['HN'],
    source: 'RNP, report of 14 November 2023, in La Tribuna and br-cn.com, 17 November 2023',
    verified: true,
    names: 'Hernández López Martínez Rodríguez García Mejía Cruz Flores Sánchez Reyes',
  },
  {
    part: 'surname',
    rank: 'top',
    countries: ['SV'],
    source: COMPILED,
    verified: false,
    names: 'Hernández Martínez López García Rodríguez Ramírez Pérez Flores González Rivera',
  },
  {
    part: 'given',
    rank: 'top',
    countries: ['GT'],
    source: 'RENAP, in Soy502, 1 October 2025: soy502.com, maria-jose-nombres-mas-comunes-guatemala-segun-renap',
    verified: true,
    names: 'María Ana Juana Rosa Marta José Juan Carlos Luis Pedro',
  },
  {
    part: 'surname',
    rank: 'frequent',
    countries: ALL,
    source: COMPILED,
    verified: false,
    names: `Aguilar Alvarado Álvarez Ávila Barrios Bonilla Cabrera Campos Castillo Castro Chávez Contreras Cruz
      De_León Díaz Escobar Estrada Fuentes Gutiérrez Guzmán Jiménez Juárez Lara Maldonado Marroquín Méndez Mendoza
      Miranda Molina Ortiz Orellana Pineda Ramos Rivas Romero Ruiz Salazar Santos Soto Torres Vargas Velásquez Zelaya
      Portillo Guevara Ortega Morán Ayala Rosales Alfaro Cortez Choc Coc Cho Tzoc Ixcoy Lux Matías Domingo`,
  },
  {
    part: 'given',
    rank: 'frequent',
    countries: ALL,
    source: COMPILED,
    verified: false,
    names: `Antonio Manuel Francisco Miguel Jorge Mario Óscar Roberto Ricardo Fernando Eduardo Enrique Julio César
      Víctor Rafael Héctor Marco Edgar Santos Jesús Ángel David Daniel Alberto Alejandro Javier Domingo Pablo Diego
      Mateo Andrés Carmen Isabel Teresa Elena Patricia Gloria Margarita Guadalupe Carolina Sandra Claudia Silvia
      Blanca Luz Lucía Josefa Juana Elizabeth Maribel Marina Francisca Catarina Tomasa Dolores Andrea Gabriela Karla
      Julia`,
  },
  {
    part: 'surname',
    rank: 'familiar',
    countries: ALL,
    source: COMPILED,
    verified: false,
    names: `Acevedo Acosta Aldana Alemán Alonzo Alvarenga Amador Amaya Andino Andrade Aquino Arana Arévalo Argueta
      Arias Arriaga Arriola Asencio Avilés Banegas Barahona Barrera Barrientos Bautista Benavides Benítez Berríos
      Blanco Bolaños Bran Burgos Bustillo Cáceres Calderón Calix Canales Cano Cárcamo Cárdenas Cardona Carías Carranza
      Carrillo Casco Castañeda Castellanos Catalán Centeno Cerna Cerrato Chacón Chicas Chinchilla Cisneros Claros
      Colindres Colocho Corado Córdova Coronado Corrales Coto Cuéllar De_Paz Del_Cid Del_Águila Discua Donis Dubón
      Duarte Dueñas Durán Echeverría Enamorado Escalante Escobedo Espinal Espinoza Esquivel Euceda Fajardo Ferrera
      Figueroa Franco Funes Galdámez Galeano Gálvez Galindo Gámez Garay Girón Godínez Godoy Gonzales Granados Grijalva
      Guardado Guerra Guerrero Henríquez Herrera Hidalgo Hurtado Ibarra Interiano Izaguirre Landaverde Lanza Lazo
      Leiva Lemus León Linares Lobo Luna Machado Madrid Madrigal Mancía Maradiaga Marín Mártir Mata Matute Mayén
      Mayorga Mazariegos Medina Medrano Mejicanos Meléndez Melgar Membreño Mena Menéndez Menjívar Mercado Merino Meza
      Milla Moncada Monge Monroy Monterroso Montes Montoya Mora Moreno Moya Muñoz Murcia Nájera Navarrete Navarro
      Navas Nolasco Núñez Ochoa Oliva Olivares Ordóñez Osorio Oseguera Oviedo Pacheco Padilla Paiz Palacios Palencia
      Palma Paredes Parada Paz Peña Peñate Peraza Perdomo Pereira Pinto Polanco Ponce Posadas Prado Quezada Quijada
      Quintanilla Quiñónez Quiroz Ramírez Raymundo Recinos Reyna Ríos Robles Rodas Rojas Rosa Rosales Rosario Rubio
      Rugama Salguero Salinas Salmerón Samayoa Sandoval Santamaría Santana Santiago Santizo Sarmiento Segura Serrano
      Sierra Silva Solano Solís Solórzano Sorto Sosa Suazo Suárez Suchité Tábora Tejada Toledo Tobar Trejo Triminio
      Turcios Ulloa Umaña Umanzor Urbina Urrutia Valdez Valencia Valenzuela Valiente Valladares Valle Vallecillo
      Vaquerano Varela Vega Velasco Velis Ventura Vides Villalta Villanueva Villatoro Villeda Yanes Zaldívar Zamora
      Zapata Zavala Zepeda Zeledón Zúñiga Ajanel Ajú Batz Bol Caal Cac Calel Chub Chuc Coy Cuc Cucul Chun Ical Ixim
      Maaz Menchú Pop Quim Quej Sacul Tiul Tum Tun Tut Tzi Tzul Xol Xuc Yat Yaxcal`,
  },
  {
    part: 'given',
    rank: 'familiar',
    countries: ALL,
    source: COMPILED,
    verified: false,
    names: `Abel Abigail Abraham Adela Adolfo Adrián Agustín Aída Alba Alcides Alex Alexander Alfonso Alfredo Alicia
      Alma Álvaro Amalia Amanda Amparo Ángela Angélica Armando Arturo Astrid Aura Azucena Beatriz Benjamín Bernardo
      Berta Brenda Bryan Byron Camila Cándida Carla Cecilia Celia Concepción Consuelo Cristian Cristina Cristóbal
      Dania Daniela Darwin Delia Delmi Denis Dina Dora Doris Dunia Edgardo Edith Edna Edwin Efraín Elder Elías Elisa
      Elmer Elsa Elvia Elvin Elvira Emilia Emilio Emma Eric Erika Erlinda Ernesto Esmeralda Esperanza Estela Ester
      Estuardo Eugenia Eva Evelyn Ezequiel Fátima Felipe Félix Fidel Flor Florinda Francis Franklin Fredy Gerardo
      Gerson Gilberto Gilma Gladys Glenda Gonzalo Graciela Gregorio Guillermo Gustavo Henry Hernán Hilda Hugo Humberto
      Ignacio Ileana Imelda Inés Ingrid Irene Iris Irma Isaac Isaías Isidro Ismael Israel Iván Ivonne Jacinto Jacobo
      Jaime Jairo Janeth Jacqueline Jeremías Jenny Jennifer Jerónimo Jessica Joaquín Joel Johana Jonathan Josefina
      Joselyn Josué Juanita Julián Juliana Karen Karina Katherine Kelly Kenia Kevin Laura Leonel Leonardo Leonor
      Lesbia Leticia Lidia Lilian Liliana Lisandro Lorena Lorenzo Lourdes Lucas Lucrecia Luisa Magdalena Manuela
      Marcela Marcelino Marco Marcos Marcial Margoth Mariana Marisol Marlon Marlene Martín Martina Marvin Matilde
      Mauricio Maritza Melvin Mercedes Micaela Miriam Mirna Mirta Moisés Mónica Nancy Natalia Neftalí Nelson Nery
      Nicolás Nicolasa Noé Noemí Nora Norma Olga Olivia Omar Orlando Oswaldo Otilia Otto Pascual Paola Paula Petrona
      Rafaela Ramiro Ramón Raquel Raúl Rebeca Regina Reina Reynaldo René Rigoberto Roberta Rocío Rodolfo Rodrigo
      Rogelio Rolando Rolinda Román Ronald Rony Rosalinda Rosario Rosaura Roxana Rubén Ruth Salvador Samuel Santiago
      Sara Saúl Sebastián Selvin Sergio Simón Sofía Sonia Sucely Susana Tania Telma Tomás Trinidad Ulises Vicente
      Vilma Violeta Virginia Verónica Valeria Walter Wendy Wilber Wilfredo William Wilmer Wilson Xiomara Yadira Yanira
      Yaneth Yesenia Yolanda Yessica Zoila Ludwin Heidi Heber Erwin Edvin`,
  },
  {
    part: 'surname',
    rank: 'known',
    countries: ALL,
    source: COMPILED,
    verified: false,
    names: `Abarca Abrego Ac Acabal Ajcac Ajcip Ajpop Ajquejay Alas Alay Albizures Alegría Almendárez Alvarez Ambrocio
      Anaya Andreu Antón Anzueto Apontes Aragón Arauz Archila Ardón Arenas Arita Armas Artiga Arzú Asturias Ayestas
      Azurdia Baca Bac Bachez Baldetti Baltazar Bámaca Barillas Barreto Batres Batún Bautista Beber Belteton Ben
      Beteta Boc Borjas Borrayo Botrán Brito Búcaro Buezo Caballero Cabnal Carrera Cajas Calí Calito Camey Canahuati
      Canek Canizález Can Car Carbajal Carballo Carpio Castaneda Cax Cayax Ceballos Celada Chavarría Che Chen Chex
      Chigüichón Chilel Chiquin Chirix Chiroy Choj Chocooj Chojolán Chox Chuy Citalán Ciguenza Cobar Coj Cojón Cojulún
      Colop Cor Corea Cortave Coxaj Coyoy Cristales Cu Cúmez Cum Cumes Curruchich Cux Cutzal Cuá Cuyuch Dardón Deras
      Enríquez Erazo Escalón Escoto España Estévez Fernández Fiallos Flamenco Fonseca Franco Galicia Gallardo Garza
      Gaitán Giammattei Gudiel Guandique Guarcas Güitz Guox Hércules Herrarte Ibáñez Icó Ich Ijom Imul Iboy Irías
      Ixcaquic Ixchop Ixcot Ixmatá Ixtabalán Jacinto Jalal Jerez Jocol Jolón Jom Jovel Jucub Kattán Lainez Larach
      Larios Lacayo Laparra Lec Lemus Letona Loarca Locón Lorenzana Lozano Lucas Machic Macario Magaña Majano Majus
      Manzanares Marcos Marenco Marquez Martín Mayor Melara Melgoza Mendizábal Mijangos Mijango Mirón Mo Monzón Moraga
      Morataya Morfín Mucía Mux Mus Najarro Natareno Nassar Nicolás Nimatuj Nufio Obando Ojeda Olmos Orantes Oroxom
      Osegueda Otzoy Oxlaj Pec Pech Pedro Peláez Peñalonzo Pich Pichiyá Pinel Pinzón Pirir Pocasangre Poncio Poou
      Porras Prudencio Puac Puluc Quel Quelex Quetzal Quib Quich Quill Quilo Quino Quintana Quisquinay Quix Quixtán
      Ralda Ramazzini Rauda Raxón Raxjal Regalado Rímola Rosas Ruano Rubí Saban Sacalxot Salamanca Salguero Salmeron
      Salvatierra Sam Sanabria Saquic Saravia Sarti Say Set Sett Sian Sical Sicán Sinay Sipac Siquinajay Sis Sic Sohom
      Solares Soloj Solval Sontay Soria Sor Sub Sucuc Sut Tamayo Tambriz Taracena Tax Tay Teni Tereta Tíu Tol Tojin
      Tot Toj Tuc Tum Tumax Tux Tuyuc Tzaj Tzep Tzián Tzirin Tzoy Tzuc Tzunún Tzún Ucelo Uclés Ulín Us Uxpantay Utuy
      Vicente Villacorta Villagrán Villela Vivas Vela Xec Xep Xi Xicay Xicará Xiloj Xitumul Xo Xoc Xocop Xoj Xoquic
      Xot Yac Yax Yool Yoc Zacarías Zelada Zet Cristiani Cuque Baten Chachagua Ochaeta Suyapa Velasquez Vasquez
      Cardoza Castejón Cerritos Chocojay Galo Pavón Pitán`,
  },
  {
    part: 'given',
    rank: 'known',
    countries: ALL,
    source: COMPILED,
    verified: false,
    names: `Bianca Adalberto Adelaida Adelina Adelso Adilia Adonay Adolfina Agripina Aarón Alan Alana Alberta Albina
      Alejandra Alfonsa Alexandra Alexis Ámbar América Amílcar Amado Amelia Anabella Anastasia Anastasio Andrea Aníbal
      Anselmo Antonia Antonieta Apolinario Apolonia Aracely Ariel Arely Aristides Arlette Arnoldo Arnulfo Artemio
      Asunción Audelina Augusto Aurelia Aurelio Aurora Azael Baltazar Balbino Baudilio Bartolo Bartolomé Basilio
      Belinda Belén Benedicto Benigno Benita Benito Bernabé Bernarda Bernardino Bertila Bessy Betty Bonifacio Brígida
      Brayan Camilo Candelaria Candelario Carina Casimiro Casandra Catalina Cayetano Celeste Celestina Celestino Celso
      Cesia Cipriano Ciriaco Clara Clarisa Clementina Clemente Clodomiro Cornelio Corina Cornelia Cruz Crisanto
      Cristel Dagoberto Daisy Damaris Damián Danilo Daniel Dany Darío Débora Deisy Delfina Delmer Delmy Demetrio Deysi
      Diana Digna Dilcia Dionisio Dominga Donaldo Doroteo Douglas Dulce Dulcinea Eber Edelmira Edilberto Edelma
      Eduarda Eleazar Eleuterio Elida Eligio Elio Eliseo Eloísa Eloy Elizardo Elsy Emanuel Emerson Emérita Encarnación
      Enma Epifanio Erasmo Erick Ernestina Escolástica Estanislao Esteban Estefanía Ethel Etelvina Eulalia Eulalio
      Eulogio Eunice Eusebia Eusebio Eustaquio Evangelina Evelin Evelio Everardo Fabio Fabián Fabiola Fabricio Facundo
      Faustino Fausto Federico Felícita Felicito Felisa Fermín Fernanda Filomena Flavio Florencia Florencio Florentín
      Florentino Francisca Froilán Fulgencio Gabino Gabriel Gaspar Genaro Genoveva Georgina Geovany Germán Gertrudis
      Gilda Gilmar Giovani Gisela Griselda Gricelda Gumercindo Hazel Heriberto Hermelinda Hermelindo Hermenegildo
      Herlinda Hermógenes Hipólito Honorio Hortensia Idalia Ildefonso Indira Inocente Iñigo Iriana Isabela Isolina
      Itzel Ixchel Ixmucané Jackson Jacinta Jafet Jasmín Jazmín Jeison Jefferson Jesenia Jimena Joana Jobita Jocelyn
      Jonás Jordán Jorgelina Josefino Josías Josselin Judith Justa Justina Justiniano Justo Juvenal Juventina Keila
      Kimberly Lázaro Leandro Leonardo Leonidas Leopoldo Lesly Leslie Librada Ligia Lila Lina Linda Lisbeth Lizbeth
      Lino Loida Lola Lucila Lucio Luciano Lucina Macario Macedonio Maida Maira Mayra Manolo Marcelo Marcia Mariano
      Mariela Marilú Marilyn Mariluz Marino Marisela Marlin Marleny Marta Mauro Maura Máximo Maximiliano Maynor Melida
      Melisa Melissa Melania Melany Mélida Milagro Milton Minerva Mireya Misael Modesta Modesto Mynor Nahúm Napoleón
      Narciso Natividad Nataly Nehemías Nélida Nelly Neri Nereida Nidia Nilda Nimia Norberto Obdulio Octavio Odilia
      Ofelia Olimpia Olinda Onán Onofre Orfa Orfilia Osman Osmin Ottoniel Ovidia Ovidio Pamela Pastora Patrocinio
      Patricio Paulina Paulino Pastor Perfecto Petronila Pilar Plácido Policarpo Porfirio Porfiria Primitivo Prudencio
      Quirino Ramona Randy Raymundo Refugio Reyna Remigio Rina Rita Roel Romeo Romualdo Ronal Roque Rosalba Rosalía
      Rosalina Rosalio Rosamaría Rosendo Rosina Rosita Roselia Rosmery Rufina Rufino Sabina Sabino Sagrario Salomón
      Salomé Samanta Santa Santana Santos Sarita Sandro Secundino Selena Selma Serafín Serapio Sergia Severiano
      Severina Severino Sergei Shirley Silverio Silvestre Silvino Simeón Simona Sixto Sheny Socorro Soledad Tadeo
      Telésforo Telésfora Teodora Teodoro Teófilo Timoteo Tito Tiburcio Toribio Tránsito Urbano Ubaldo Valentín
      Valentina Vanessa Venancio Victoria Victoriano Victorino Vidal Viviana Vinicio Virgilio Vitalina Waldemar
      Waleska Wilder Wilman Wuilmer Ximena Yajaira Yamileth Yanet Yasmín Yeimi Yeny Yohana Zacarías Zaida Zenaida
      Zenón Zulma Zuleyma Suyapa Sayra Leily Lesvia Nohemí Keren Merlin Merlyn Nolvia Olman Osiris Roger Ruperto
      Teresita Yuri Hermes Aleyda Elda Telma Velia Vera Nuria Nubia Odalis Belkis Reyes Rosbin Rolman Selvyn Edin Elin
      Emelda Imelda Delma Kerin Karin Carol Carolyn Mildred Maite Mirella Milca Wendi Estiven Steven Stephanie Axel
      Allan Anderson`,
  },
]
