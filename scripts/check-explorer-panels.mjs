// What the panels beside the world do, for check-explorer.mjs: each check opens a page and says what is wrong.

/** Checks by what they show. */
export const checkPanels = {
  "be the user, by keyboard alone": beTheUser,
  "a joker is never sure": joker,
  "a CSV gives its report": ownData,
  "files that are no tables": badFiles,
  "a cell of the collapse": collapse,
};

/** Tab to the part, to its button, and ten answers by A, B and Enter. */
async function beTheUser({ open, fault }) {
  const page = await open("users=60&answers=40");
  await tabTo(page, "Be the user");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Be the user" }).waitFor();
  await tabTo(page, "Begin");
  await page.keyboard.press("Enter");
  for (let question = 1; question <= 10; question++) {
    await page.getByText(`Question ${question} of 10:`).first().waitFor({ timeout: 30_000 });
    await page.waitForFunction(() => document.activeElement?.classList.contains("choice"), undefined, {
      timeout: 10_000,
    });
    await page.keyboard.press(["a", "b", "Enter"][question % 3]);
  }
  await page.getByText("10 questions are answered.").waitFor({ timeout: 30_000 });
  const believed = await page.locator("pal-person .said").innerText();
  if (!/\b10\b/.test(believed)) fault(`what is believed does not say on how many answers: ${believed}`);
  if (/moved|answers=.*label/.test(page.url())) fault(`answers are in the address: ${page.url()}`);
  await page.context().close();
}

async function joker({ open, fault }) {
  const page = await open("panel=you&users=60&answers=40");
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("button", { name: "Answer all that are left by coin" }).click({ timeout: 30_000 });
  await page.getByText("10 questions are answered.").waitFor({ timeout: 60_000 });
  const believed = await page.locator("pal-person .said").innerText();
  if (/(?<!not )\bsure\b/i.test(believed.replaceAll(/how sure/gi, "")))
    fault(`after ten coins the page is sure: ${believed}`);
  await page.context().close();
}

/** Votes of two camps. */
function votes() {
  const rows = ["user,statement,vote"];
  for (let user = 0; user < 40; user++)
    for (let statement = 0; statement < 14; statement++) {
      const isOdd = (user * 7 + statement * 5) % 11 === 0;
      rows.push(`u${user},statement ${statement},${(user % 2 === statement % 2) !== isOdd ? 1 : -1}`);
    }
  return `${rows.join("\n")}\n`;
}

const asFile = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

async function ownData({ open, fault }) {
  const page = await open("panel=data&users=40&answers=20");
  await page.getByLabel(/Drop files here/).setInputFiles(asFile("votes.csv", votes()));
  const frame = page.frameLocator("pal-own-data iframe");
  await frame.locator("h1").first().waitFor({ timeout: 240_000 });
  const said = await page.locator("pal-own-data .findings").innerText();
  if (!/differ/i.test(said))
    fault(`the findings say nothing of whether people differ: ${said.slice(0, 200)}`);
  await page.waitForFunction(
    () =>
      document
        .querySelector("pal-own-data iframe")
        .contentDocument.querySelector("img.drawn[src^='data:image/svg']") !== null,
    undefined,
    { timeout: 60_000 },
  );
  await page.context().close();
}

async function badFiles({ open, fault }) {
  const page = await open("panel=data&users=40&answers=20&k=2");
  const address = page.url();
  const hostile = `user,statement,vote\n"<img src=x onerror=alert(1)>",${"x".repeat(10_000)},1\n`;
  for (const [name, text] of [
    ["letter.csv", "Dear all,\nthis is no table.\n"],
    ["empty.csv", ""],
    ["hostile.csv", hostile],
  ]) {
    await page.getByLabel(/Drop files here/).setInputFiles(asFile(name, text));
    const alert = page.locator("pal-own-data [role=alert]");
    await alert.waitFor({ timeout: 30_000 });
    const words = await alert.innerText();
    if (words.length < 10 || words.length > 1000) fault(`${name}: the error says ${words.slice(0, 100)}`);
    if (await page.locator("pal-own-data img").count()) fault(`${name}: markup of the file is in the page`);
  }
  if (page.url() !== address) fault(`the state is not kept: ${page.url()}`);
  await page.context().close();
}

async function collapse({ open, fault }) {
  const page = await open("panel=collapse&users=40&answers=20");
  await page.getByRole("button", { name: /Compute this cell now/ }).click();
  const computed = page
    .locator("pal-collapse")
    .getByText(/computed|seed 1/i)
    .last();
  await computed.waitFor({ timeout: 240_000 });
  if ((await page.locator("pal-collapse [role=alert]").count()) > 0)
    fault(await page.locator("pal-collapse [role=alert]").innerText());
  await page.context().close();
}

/** Presses Tab until what has focus is called so. */
async function tabTo(page, name) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return;
  }
  throw new Error(`Tab does not reach “${name}”`);
}
