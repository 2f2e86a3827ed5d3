// The HTML report as people meet it: with scripts and without, by keyboard, by screen reader, on paper.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ESTATE, folder, launch, openGroups, report } from "./browser.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core");
const FRAMEWORKS = ["--framework", "hipaa", "--framework", "cis-v1.4"];
const HERE = folder();
const PAGE = join(HERE, "report.html");

let browser;
let findings;
let controls;

before(async () => {
  writeFileSync(PAGE, report([ESTATE], ...FRAMEWORKS, "--sign-off"));
  const evidence = JSON.parse(report([ESTATE], ...FRAMEWORKS, "--format", "json"));
  findings = evidence.rules.reduce((sum, rule) => sum + rule.findings.length, 0);
  controls = evidence.frameworks.reduce((sum, framework) => sum + framework.controls.length, 0);
  browser = await launch();
});

after(() => browser?.close());

/** Opens a report, and fails the test for whatever the page complains of or asks the network for. */
async function open(context, options = {}, path = PAGE) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  context.after(() => page.close());
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => request.url() === `file://${path}` || complaints.push(request.url()));
  context.after(() => assert.deepEqual(complaints, []));
  await page.goto(`file://${path}`);
  return page;
}

const visible = (page, selector) => page.locator(selector).evaluateAll(
  (elements) => elements.filter((element) => element.checkVisibility()).length);
const ROWS = ".rule tbody tr";

test("everything is there without scripts", async (context) => {
  const page = await open(context, { javaScriptEnabled: false });
  assert.equal(await page.locator(ROWS).count(), findings);
  assert.equal(await page.locator("tr.control").count(), controls);
  assert.equal(await page.locator("#filter").isVisible(), false);
  assert.equal(await page.locator(ROWS).last().isVisible(), true);
});

test("search, severities and frameworks narrow what is shown, and all comes back", async (context) => {
  const page = await open(context);
  const shown = page.locator("#shown");
  await assert.doesNotReject(shown.getByText(`${findings} of ${findings}`).waitFor());
  const counted = async () => Number((await shown.textContent()).split(" ")[0]);

  await page.getByLabel("Search").fill("restricted-ssh sftp-intake");
  await shown.getByText(/^1 of/).waitFor();
  assert.equal(await visible(page, ROWS), 1);
  assert.match(await page.locator(`${ROWS}:not([hidden])`).and(page.locator(":visible")).textContent(), /sftp-intake/);

  await page.getByLabel("Search").fill("nothing is called that");
  await page.getByText("Nothing to show.").waitFor();
  assert.equal(await visible(page, ROWS), 0);
  assert.equal(await visible(page, "tr.control"), 0);

  await page.getByRole("button", { name: "Show all" }).click();
  await shown.getByText(`${findings} of`).waitFor();
  assert.equal(await visible(page, "tr.control"), controls);

  for (const severity of ["high", "medium", "low"]) await page.getByLabel(severity, { exact: true }).uncheck();
  await page.waitForFunction((all) => !document.getElementById("shown").value.startsWith(all), `${findings} `);
  assert.equal(await visible(page, ".rule"), await page.locator('.rule[data-severity="critical"]').count());
  assert.equal(await counted(), await visible(page, ROWS));

  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByLabel("Framework").selectOption("cis-v1.4");
  await page.waitForFunction((all) => !document.getElementById("shown").value.startsWith(all), `${findings} `);
  assert.equal(await visible(page, ".rule"), await page.locator('.rule[data-frameworks~="cis-v1.4"]').count());
});

test("a link to a rule that is filtered away brings it back", async (context) => {
  const page = await open(context);
  const rules = page.locator("#cis-v1\\.4 details");
  const link = rules.getByText("restricted-ssh", { exact: true });
  await rules.filter({ has: page.getByText("restricted-ssh", { exact: true }) }).locator("summary").click();
  await page.getByLabel("high", { exact: true }).uncheck();
  const rule = page.locator(await link.getAttribute("href"));
  await rule.waitFor({ state: "hidden" });
  await link.click();
  await rule.waitFor({ state: "visible" });
});

test("the keyboard reaches and works everything", async (context) => {
  const page = await open(context);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to what is noncompliant");
  const reached = [];
  while (!reached.includes("reset")) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement.id || document.activeElement.value || document.activeElement.type));
    assert.ok(reached.length < 40, reached.join(" "));
    if (reached.at(-1) === "low") await page.keyboard.press("Space");
  }
  for (const control of ["query", "critical", "high", "medium", "low", "framework"]) assert.ok(reached.includes(control), control);
  await page.waitForFunction((all) => !document.getElementById("shown").value.startsWith(all), `${findings} `);
  await page.keyboard.press("Enter");
  await page.locator("#shown").getByText(`${findings} of`).waitFor();
  const summary = page.locator("summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("details").first().getAttribute("open"), "");
});

for (const [name, options] of Object.entries({
  "in the light": { colorScheme: "light" },
  "in the dark": { colorScheme: "dark" },
  "on a phone": { colorScheme: "light", viewport: { width: 390, height: 844 } },
})) {
  test(`axe finds nothing to complain of ${name}`, async (context) => {
    const page = await open(context, options);
    await page.locator("summary").first().click();
    // Through the debugger, which the page's own policy doesn't hold.
    await page.evaluate(readFileSync(AXE, "utf8"));
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html)}`), []);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(width <= 0, `${width} pixels are beyond the window`);
  });
}

test("paper has every row, whatever the filter", async (context) => {
  const page = await open(context);
  await page.getByLabel("Search").fill("nothing is called that");
  await page.getByText("Nothing to show.").waitFor();
  const pdf = join(HERE, "report.pdf");
  await page.pdf({ path: pdf, format: "A4" });
  const printed = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" });
  const written = (await page.locator("main section").allTextContents()).join("\n");
  // Each finding has a type, each control a reference, and each rule that is not built says so; lines may
  // break within them.
  const squeezed = (text) => text.replace(/\s+/g, "");
  for (const words of ["AWS::", "45CFR164", "CISAWSFoundationsv1.4.0", "built", "inferred", "Decision"]) {
    const count = (text) => squeezed(text).split(words).length - 1;
    assert.ok(count(written) > 0, words);
    // The pictures name controls in titles, which paper can't show.
    const titles = await page.locator("svg title").allTextContents();
    assert.equal(count(printed), count(written) - count(titles.join("\n")), words);
  }
});

test("ten thousand noncompliant resources can be opened and searched", async (context) => {
  const estate = join(HERE, "groups.ndjson");
  const path = join(HERE, "groups.html");
  openGroups(estate, 10_000);
  writeFileSync(path, report([estate], "--framework", "cis-v1.4"));
  const page = await open(context, {}, path);
  const rows = await page.locator(ROWS).count();
  assert.ok(rows >= 10_000, `${rows} rows`);
  const { loaded } = await page.evaluate(() => ({ loaded: performance.getEntriesByType("navigation")[0].loadEventEnd }));
  context.diagnostic(`${rows} rows were loaded after ${Math.round(loaded)} ms`);
  await page.getByLabel("Search").fill("sg-00001234 restricted-ssh");
  await page.locator("#shown").getByText(/^1 of/).waitFor();
  assert.equal(await visible(page, ROWS), 1);
});
