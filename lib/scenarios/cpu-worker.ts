import { type CpuTasks, serveCpuTasks } from "@/lib/jobs/cpu-thread";

/** What threads can do, by name; called with `runOnCpu(name, payload)`. Nothing here may touch the database. */
const tasks: CpuTasks = {};

export default serveCpuTasks(tasks);
