/** Where a model of the catalogue is: installed here, on its way, or only elsewhere. */
export type Standing = "here" | "coming" | "elsewhere";
