import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { permissionOf, tokenFor } from "@/lib/models/network/allowed-hosts";
import { guardedRequest } from "@/lib/models/network/guarded-request";
import { isPublicAddress, publicLookup } from "@/lib/models/network/public-lookup";
import { codeOf } from "../support/pictures";

beforeEach(() => forgetEnv());
afterEach(() => {
  vi.unstubAllEnvs();
  forgetEnv();
});

describe("which addresses are asked", () => {
  test.each([
    ["https://huggingface.co/a/b", "known"],
    ["https://cdn-lfs-us-1.hf.co/repos/x", "known"],
    ["https://cas-bridge.xethub.hf.co/x", "known"],
    ["https://civitai.com/api/v1/model-versions/1", "known"],
    ["https://b2.civitai.com/file/x", "known"],
    [
      "https://civitai-delivery-worker-prod.5ac0637cfd0766c97916cefa3764fbdf.r2.cloudflarestorage.com/x",
      "known",
    ],
    ["http://huggingface.co/a/b", "refused"],
    ["https://huggingface.co:8443/a", "refused"],
    ["https://user:pass@huggingface.co/a", "refused"],
    ["https://huggingface.co.example.com/a", "refused"],
    ["https://nothuggingface.co/a", "refused"],
    ["https://evil.5ac0637cfd0766c97916cefa3764fbdf.r2.cloudflarestorage.com/x", "refused"],
    ["https://example.com/a", "refused"],
    ["http://127.0.0.1:3000/", "refused"],
    ["https://[::1]/", "refused"],
    ["file:///etc/passwd", "refused"],
    ["https://models.example.com/x", "named"],
    ["http://10.0.0.5:8080/x", "named"],
    ["http://models.example.com/x", "refused"],
    ["http://10.0.0.5/x", "refused"],
    ["https://hf-mirror.com/x", "named"],
  ])("%s is %s", (address, permission) => {
    vi.stubEnv("MODEL_HOSTS", "Models.example.com, http://10.0.0.5:8080, not a host");
    vi.stubEnv("HF_ENDPOINT", "https://hf-mirror.com");
    expect(permissionOf(new URL(address))).toBe(permission);
  });

  test("what is refused is refused before anything is sent", async () => {
    expect(await codeOf(guardedRequest(new URL("http://169.254.169.254/latest/meta-data")))).toBe(
      "model_host_refused",
    );
  });
});

test("secrets belong to one host each", () => {
  vi.stubEnv("HF_TOKEN", "hf_secret");
  vi.stubEnv("CIVITAI_API_KEY", "key");
  expect(tokenFor(new URL("https://huggingface.co/api/models"))).toBe("hf_secret");
  expect(tokenFor(new URL("https://civitai.com/api/download/models/1"))).toBe("key");
  for (const other of [
    "https://cdn-lfs.hf.co/x",
    "https://b2.civitai.com/x",
    "http://huggingface.co/x",
    "https://example.com",
  ])
    expect(tokenFor(new URL(other))).toBeNull();
});

describe("addresses that nobody on the internet has", () => {
  test.each([
    ...[
      "127.0.0.1",
      "10.1.2.3",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
    ],
    ...[
      "0.0.0.0",
      "224.0.0.1",
      "255.255.255.255",
      "198.18.0.1",
      "::1",
      "::",
      "fe80::1",
      "fc00::1",
      "fd12::1",
    ],
    ...["ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
  ])("%s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(["1.1.1.1", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "::ffff:1.1.1.1"])(
    "%s is no such",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test("a name that leads to one is refused where the connection is made", async () => {
    const found = await new Promise((resolve) =>
      publicLookup("localhost", { all: false }, (error, address) => resolve(error?.code ?? address)),
    );
    expect(found).toBe("EPRIVATEADDRESS");
  });
});
