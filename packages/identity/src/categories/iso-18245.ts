/**
 * Merchant category codes in use: single codes and ranges, a row per chapter of the standard.
 *
 * Numbers only: the names are for whoever shows a choice to people. 3000 to 3999 are given to single
 * airlines, car rentals and hotel chains one by one; the whole range counts as assigned, so that a new
 * hotel does not need a new version of this table. Private-use and unassigned numbers are not here.
 *
 * @see ISO 18245:2023, Retail financial services: Merchant category codes
 * @see Visa Merchant Data Standards Manual, section 2 (the published list the standard's agency keeps in step with)
 */
export const CATEGORY_CODES: readonly string[] = [
  // Farming, contractors, wholesale print
  '0742 0763 0780',
  '1520 1711 1731 1740 1750 1761 1771 1799',
  '2741 2791 2842',
  // Airlines, car rentals, hotels by name
  '3000-3999',
  // Transport, telecommunications, utilities
  '4011 4111 4112 4119 4121 4131 4214 4215 4225 4411 4457 4468 4511 4582 4722 4723 4784 4789',
  '4812-4816 4821 4829 4899 4900',
  // Wholesale
  '5013 5021 5039 5044-5047 5051 5065 5072 5074 5085 5094 5099',
  '5111 5122 5131 5137 5139 5169 5172 5192 5193 5198 5199',
  // Retail: building materials, general stores, food, vehicles, clothes, homes
  '5200 5211 5231 5251 5261 5262 5271 5300 5309-5311 5331 5399',
  '5411 5422 5441 5451 5462 5499',
  '5511 5521 5531-5533 5541 5542 5551 5552 5561 5571 5592 5598 5599',
  '5611 5621 5631 5641 5651 5655 5661 5681 5691 5697-5699',
  '5712-5715 5718 5719 5722 5723 5732-5735',
  // Restaurants, digital goods, shops of one kind, direct selling
  '5811-5818',
  '5912 5921 5931-5933 5935 5937 5940-5950 5960-5973 5975-5978 5983 5992-5999',
  // Money, insurance, lodging
  '6010-6012 6050 6051 6211 6300 6381 6399 6513 6529-6538 6540 6611 6760',
  '7011 7012 7032 7033',
  // Services to people, to businesses, to vehicles; repair; leisure
  '7210 7211 7216 7217 7221 7230 7251 7261 7273 7276-7278 7280 7295-7299',
  '7311 7321 7322 7332 7333 7338 7339 7342 7349 7361 7372 7375 7379 7392-7395 7399',
  '7511-7513 7519 7523 7524 7531 7534 7535 7538 7542 7549',
  '7622 7623 7629 7631 7641 7692 7699',
  '7800-7802 7829 7832 7841 7911 7922 7929 7932 7933 7941 7991-7999',
  // Health, law, schools, associations, professions
  '8011 8021 8031 8041-8044 8049 8050 8062 8071 8099',
  '8111 8211 8220 8241 8244 8249 8299 8351 8398',
  '8641 8651 8661 8675 8699 8734 8911 8931 8999',
  // Government
  '9034 9211 9222 9223 9311 9399 9401 9402 9405 9406 9411 9700-9702 9751 9752 9754 9950',
]
