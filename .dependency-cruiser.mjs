// Who may import whom; the house's layers, all errors. See ARCHITECTURE.md.
const FEATURES =
  "^lib/(pictures|albums|uploads|shares|accounts|search|reading|words|codes|drawing|photos|models|public-api)/";
const SCENARIOS = "^lib/scenarios/";
const ROOTS = "^(app/|worker\\.ts$|instrumentation\\.ts$|start-node\\.ts$)";
const NODE_ONLY = ["core"];

/** A rule: files at `from` may not import files at `to`. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    forbid(
      "no-cycles",
      "Two files that need each other are one.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    forbid("no-unresolved", "Every import leads somewhere.", {}, { couldNotResolve: true }),
    forbid(
      "no-undeclared-packages",
      "What is imported is named in package.json.",
      { path: "^(app|lib|scripts|[^/]+\\.ts$)" },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
    forbid(
      "no-dev-packages-in-app",
      "The running app has no development packages.",
      { path: "^(app|lib|[^/]+\\.ts$)", pathNot: "^(vitest|prisma)\\.config\\.ts$" },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" },
    ),

    forbid(
      "nothing-imports-app",
      "Screens are the top floor; only tests look in from outside.",
      { pathNot: [ROOTS, "^tests/"] },
      { path: "^app/", pathNot: "^app/_i18n/" },
    ),
    forbid(
      "nothing-imports-the-roots",
      "Composition roots are started, not imported.",
      { pathNot: ROOTS },
      { path: "^(worker|instrumentation|start-node)\\.ts$" },
    ),
    forbid(
      "lib-does-not-import-scripts",
      "Scripts stand outside the app.",
      { path: "^(lib|app)/" },
      { path: "^(scripts|tests|training)/" },
    ),
    forbid(
      "training-stands-alone",
      "What draws the world and learns from it is no part of the app, nor the app of it.",
      { path: "^training/" },
      { path: "^(app|lib|scripts|tests)/" },
    ),

    forbid(
      "qr-knows-only-itself",
      "The engine is pure: nothing of the project.",
      { path: "^lib/qr/" },
      { path: "^(lib|app|scripts|messages)/", pathNot: "^lib/qr/" },
    ),
    forbid(
      "qr-has-no-node",
      "The engine runs in browsers and workers too.",
      { path: "^lib/qr/" },
      { dependencyTypes: NODE_ONLY },
    ),
    forbid(
      "engine-knows-only-itself",
      "The diffusion engine is pure: nothing of the project.",
      { path: "^lib/engine/" },
      { path: "^(lib|app|scripts|messages)/", pathNot: "^lib/engine/" },
    ),
    forbid(
      "only-the-runtime-runs-networks",
      "onnxruntime stays behind lib/engine/runtime.",
      { path: "^(app|lib|scripts)", pathNot: "^lib/engine/runtime/" },
      { path: "node_modules/onnxruntime-" },
    ),
    forbid(
      "networks-know-no-pipelines",
      "Layers and models are what pipelines compose.",
      { path: "^lib/engine/", pathNot: "^lib/engine/(pipelines|runtime)/" },
      { path: "^lib/engine/(pipelines|runtime)/" },
    ),
    forbid(
      "layers-know-no-models",
      "Files, graphs, samplers and layers stand below models.",
      { path: "^lib/engine/(safetensors|onnx|schedulers|noise|nn)/" },
      { path: "^lib/engine/(models|layouts|lora|pipelines)/" },
    ),
    forbid(
      "only-the-host-draws",
      "The process that serves requests never loads a model: its client talks to the host process.",
      { path: "^(app|lib|[^/]+\\.ts$)", pathNot: "^lib/(inference/host[^/]*\\.ts$|engine/)" },
      {
        path: "^lib/(inference/host[^/]*\\.ts$|engine/(pipelines|runtime)/)",
        dependencyTypesNot: ["type-only"],
      },
    ),
    forbid(
      "inference-stands-alone",
      "The inference module knows the engine, the settings, the errors and the log.",
      { path: "^lib/inference/" },
      {
        path: "^(lib|app)/",
        pathNot: "^lib/(inference/|engine/|(env|errors|log)\\.ts$|bundle-program\\.mjs$)",
      },
    ),
    forbid(
      "places-stand-alone",
      "Names for coordinates know nothing of the project, and screens use them too.",
      { path: "^lib/places/" },
      { path: "^(lib|app|scripts)/", pathNot: "^lib/places/" },
    ),
    forbid(
      "ground-floor",
      "env, errors and log import nothing of the project but each other.",
      { path: "^lib/(env|errors|log)\\.ts$" },
      { path: "^(lib|app)/", pathNot: "^lib/(env|errors|log)\\.ts$" },
    ),
    forbid(
      "adapters-do-not-import-upward",
      "db, storage and jobs know no feature, no scenario and no inference.",
      { path: "^lib/(db|storage|jobs)/" },
      { path: [FEATURES, SCENARIOS, "^lib/inference/"] },
    ),
    forbid(
      "db-knows-no-other-adapter",
      "The database stands alone.",
      { path: "^lib/db/" },
      { path: "^lib/(storage|jobs|qr)/" },
    ),
    forbid(
      "storage-knows-no-other-adapter",
      "Storage stands alone.",
      { path: "^lib/storage/" },
      { path: "^lib/(db|jobs|qr)/" },
    ),
    forbid(
      "features-do-not-import-scenarios",
      "Scenarios use features, never the other way.",
      { path: FEATURES },
      { path: SCENARIOS },
    ),
    forbid(
      "scenarios-keep-apart",
      "A scenario does not know another one; only the registry and the threads' task map know them all.",
      { path: "^lib/scenarios/([^/]+)/" },
      { path: "^lib/scenarios/[^/]+/", pathNot: "^lib/scenarios/$1/" },
    ),
    forbid(
      "job-definitions-are-safe-anywhere",
      "Screens import a scenario's input schema: it may not pull in what needs a server.",
      { path: "\\.(job|input)\\.ts$" },
      { path: "^lib/", pathNot: "^lib/(qr|engine/schedulers)/|\\.input\\.ts$" },
    ),

    forbid(
      "only-db-imports-the-database",
      "Prisma, PGlite and pg stay behind lib/db.",
      { path: "^(app|lib|scripts|[^/]+\\.ts$)", pathNot: "^(lib/db/|prisma\\.config\\.ts$)" },
      { path: "node_modules/(@prisma|prisma|@electric-sql|pglite-prisma-adapter|pg)/|^lib/db/generated/" },
    ),
    forbid(
      "only-storage-imports-s3",
      "The bucket's client stays behind lib/storage.",
      { pathNot: "^lib/storage/" },
      { path: "node_modules/@aws-sdk/" },
    ),
    forbid(
      "only-jobs-imports-the-queue",
      "The queue and the threads stay behind lib/jobs.",
      { path: "^(app|lib)", pathNot: "^lib/jobs/" },
      { path: "node_modules/(pg-boss|piscina)/" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.build|\\.data|coverage|public)/|^next-env\\.d\\.ts$" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
    },
  },
};
