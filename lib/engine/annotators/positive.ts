import { EngineError } from "../engine-error";

/** @throws EngineError setting_invalid naming the setting, unless it is a finite number > 0. */
export function assertPositive(annotator: string, settings: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(settings))
    if (!(value > 0 && Number.isFinite(value)))
      throw new EngineError("setting_invalid", `${annotator}: ${name} must be above 0, not ${value}`, {
        setting: name,
        got: value,
      });
}
