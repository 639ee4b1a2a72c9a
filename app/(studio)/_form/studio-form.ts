import { EMPTY_FORMS, PAYLOAD_KINDS, type PayloadForms, type PayloadKind } from "@/lib/payload/payload";
import { WIFI_SECURITY } from "@/lib/payload/wifi";
import { type QrPictureInput, qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";

/** The job's input without its text, which comes from one of the content forms. */
export type Options = Omit<QrPictureInput, "text">;
export type PictureChoice = NonNullable<QrPictureInput["picture"]>;

/** Everything a person can set on the studio page; all content forms are kept while another one is open. */
export interface StudioForm {
  readonly kind: PayloadKind;
  readonly forms: PayloadForms;
  readonly options: Options;
}

const { text: _text, ...OPTION_SCHEMAS } = qrPictureInput.shape;
const OPTION_NAMES = Object.keys(OPTION_SCHEMAS) as (keyof Options)[];

/** What a first visit shows: a link and a picture, so that there is something to look at before anything is typed. */
export function firstForm(sample: string | undefined): StudioForm {
  const { text: _example, ...options } = qrPictureInput.parse({ text: "x", look: "classic" });
  return {
    kind: "text",
    forms: { ...EMPTY_FORMS, text: { text: "https://example.com/hello" } },
    options: sample ? { ...options, look: "photo", picture: { from: "sample", name: sample } } : options,
  };
}

/** The settings of a finished code; whatever in them this version does not understand falls back to `base`. */
export function optionsFrom(stored: unknown, base: Options): Options {
  const entries = OPTION_NAMES.map((name) => {
    const parsed = OPTION_SCHEMAS[name].safeParse(isRecord(stored) ? stored[name] : undefined);
    const present = isRecord(stored) && stored[name] !== undefined;
    return [name, present && parsed.success ? parsed.data : base[name]];
  });
  return Object.fromEntries(entries) as Options;
}

/** A form from storage, as trustworthy as anything from storage: field by field, with `base` for the rest. */
export function restoreForm(stored: unknown, base: StudioForm): StudioForm {
  if (!isRecord(stored)) return base;
  const kind = PAYLOAD_KINDS.find((known) => known === stored.kind) ?? base.kind;
  const forms = isRecord(stored.forms) ? restoreForms(stored.forms, base.forms) : base.forms;
  return { kind, forms, options: optionsFrom(stored.options, base.options) };
}

function restoreForms(stored: Record<string, unknown>, base: PayloadForms): PayloadForms {
  const restored = Object.entries(base).map(([kind, form]) => {
    const before = stored[kind];
    const fields = Object.entries(form).map(([name, value]) => {
      const kept = isRecord(before) ? before[name] : undefined;
      return [name, typeof kept === typeof value ? kept : value];
    });
    return [kind, Object.fromEntries(fields)];
  });
  const forms = Object.fromEntries(restored) as PayloadForms;
  return WIFI_SECURITY.includes(forms.wifi.security) ? forms : { ...forms, wifi: base.wifi };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
