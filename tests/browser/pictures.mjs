// Makes the pictures of docs/report.md: `make pictures`.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ESTATE, ROOT, folder, launch, report } from "./browser.mjs";

const here = folder();
const page = join(here, "report.html");
const into = join(ROOT, "docs/report");
mkdirSync(into, { recursive: true });
writeFileSync(page, report([ESTATE], "--framework", "hipaa", "--framework", "cis-v1.4", "--sign-off"));

const browser = await launch();
for (const [name, options, anchor] of [
  ["light", { colorScheme: "light", viewport: { width: 1100, height: 900 } }],
  ["dark", { colorScheme: "dark", viewport: { width: 1100, height: 900 } }],
  ["controls", { colorScheme: "light", viewport: { width: 1100, height: 700 } }, "hipaa"],
  ["phone", { colorScheme: "light", viewport: { width: 390, height: 844 } }],
]) {
  const tab = await browser.newPage(options);
  await tab.goto(`file://${page}`);
  if (anchor) await tab.evaluate((id) => document.getElementById(id).scrollIntoView(), anchor);
  await tab.screenshot({ path: join(into, `${name}.png`) });
  if (name === "light") await tab.pdf({ path: join(here, "report.pdf"), format: "A4" });
}
await browser.close();
execFileSync("pdftoppm", ["-png", "-r", "60", "-f", "2", "-l", "2", "-singlefile", join(here, "report.pdf"), join(into, "print")]);
