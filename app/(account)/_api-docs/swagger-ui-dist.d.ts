// The package has no types of its own; these are of what is used here.
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  interface SwaggerOptions {
    url: string;
    domNode: HTMLElement;
    /** How far operations are open at first. */
    docExpansion?: "list" | "none";
    /** How many levels of schemas at the end are open; -1 leaves them out. */
    defaultModelsExpandDepth?: number;
    /** Null: the document is sent to nobody for a badge. */
    validatorUrl?: string | null;
  }
  export default function SwaggerUIBundle(options: SwaggerOptions): unknown;
}
