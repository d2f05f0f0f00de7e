/** What a problem's page says beyond the catalogue: English, then Spanish. */
export type Guide = readonly [when: string, whatToDo: string, whenEs: string, whatToDoEs: string]
