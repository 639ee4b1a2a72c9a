import { type SamplerName, type ScheduleName, samplers } from "./registry";

/** A1111's "Schedule type"s. */
const scheduleLabels: Readonly<Record<ScheduleName, string>> = {
  normal: "Uniform",
  karras: "Karras",
  exponential: "Exponential",
  "sgm-uniform": "SGM Uniform",
};

/** Other spellings pictures carry: the names A1111 and ComfyUI use inside, in lower case. */
const samplerAliases = new Map<string, SamplerName>([
  ["k_euler", "euler"],
  ["k_euler_a", "euler-a"],
  ["k_euler_ancestral", "euler-a"],
  ["euler_ancestral", "euler-a"],
  ["euler ancestral", "euler-a"],
  ["k_heun", "heun"],
  ["k_dpmpp_2m", "dpmpp-2m"],
  ["dpmpp_2m", "dpmpp-2m"],
  ["k_dpmpp_2m_sde", "dpmpp-2m-sde"],
  ["dpmpp_2m_sde", "dpmpp-2m-sde"],
  ["k_dpmpp_sde", "dpmpp-sde"],
  ["dpmpp_sde", "dpmpp-sde"],
  ["uni_pc", "unipc"],
  ["uni_pc_bh2", "unipc"],
]);

const scheduleAliases = new Map<string, ScheduleName>([
  ["normal", "normal"],
  ["sgm_uniform", "sgm-uniform"],
  ["sgmuniform", "sgm-uniform"],
]);

/** What A1111's "Automatic" stands for; for the other samplers it is Uniform. */
const automatic = new Map<SamplerName, ScheduleName>([
  ["dpmpp-2m", "karras"],
  ["dpmpp-sde", "karras"],
  ["dpmpp-2m-sde", "exponential"],
]);

/** As A1111 1.9 and later write it: "Sampler: DPM++ 2M, Schedule type: Karras". */
export function a1111Names(
  sampler: SamplerName,
  schedule: ScheduleName,
): { sampler: string; schedule: string } {
  return { sampler: samplers[sampler].label, schedule: scheduleLabels[schedule] };
}

/**
 * Reads the names of A1111's picture text, old ("DPM++ 2M Karras") and new (with a schedule type of its own).
 * @param schedule "Schedule type", where the text has one.
 * @returns undefined for a sampler or schedule this engine does not have.
 */
export function fromA1111Names(
  sampler: string,
  schedule?: string,
): { sampler: SamplerName; schedule: ScheduleName } | undefined {
  const text = sampler.trim().toLowerCase();
  const whole = samplerNamed(text);
  if (whole) return having(whole, schedule === undefined ? "normal" : scheduleNamed(whole, schedule));
  for (const [name, label] of Object.entries(scheduleLabels) as [ScheduleName, string][]) {
    const suffix = ` ${label.toLowerCase()}`;
    const base = text.endsWith(suffix) ? samplerNamed(text.slice(0, -suffix.length)) : undefined;
    if (base) return having(base, name);
  }
  return undefined;
}

function having(sampler: SamplerName, schedule: ScheduleName | undefined) {
  return schedule && samplers[sampler].schedules.includes(schedule) ? { sampler, schedule } : undefined;
}

function samplerNamed(text: string): SamplerName | undefined {
  const names = Object.keys(samplers) as SamplerName[];
  const own = names.find((name) => name === text || samplers[name].label.toLowerCase() === text);
  return own ?? samplerAliases.get(text);
}

function scheduleNamed(sampler: SamplerName, label: string): ScheduleName | undefined {
  const text = label.trim().toLowerCase();
  if (text === "automatic") return automatic.get(sampler) ?? "normal";
  const names = Object.keys(scheduleLabels) as ScheduleName[];
  const own = names.find((name) => name === text || scheduleLabels[name].toLowerCase() === text);
  return own ?? scheduleAliases.get(text);
}
