// Debian's Chromium, and reports to open in it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const VITALS = resolve(ROOT, process.env.VITALS ?? "target/lambda/vitals");
export const ESTATE = join(ROOT, "examples/estate.json.gz");

// The others keep Chromium from looking for hosts that have nothing to do with the page.
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run"];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

/** A folder that is gone when the process ends. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), "vitals-"));
  process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Makes a report, and returns it as text. */
export function report(paths, ...options) {
  try {
    return run(["report", ...paths, ...options]);
  } catch (error) {
    // 1 says that something is noncompliant.
    if (error.status === 1) return error.stdout;
    throw error;
  }
}

function run(options) {
  return execFileSync(VITALS, options, { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "ignore"] });
}

/** Writes a file of so many security groups that let everyone in by SSH. */
export function openGroups(path, count) {
  const items = Array.from({ length: count }, (_, number) => JSON.stringify({
    configurationItemVersion: "1.3",
    configurationItemCaptureTime: "2026-11-01T00:00:00.000Z",
    configurationItemStatus: "OK",
    resourceType: "AWS::EC2::SecurityGroup",
    resourceId: `sg-${String(number).padStart(8, "0")}`,
    resourceName: `group ${number}`,
    awsAccountId: String(111122223333 + number % 7),
    awsRegion: ["us-east-1", "us-west-2", "eu-central-1"][number % 3],
    configuration: {
      groupName: `group ${number}`,
      ipPermissions: [{ ipProtocol: "tcp", fromPort: 22, toPort: 22, ipv4Ranges: [{ cidrIp: "0.0.0.0/0" }], ipv6Ranges: [] }],
    },
  }));
  writeFileSync(path, items.join("\n"));
}
