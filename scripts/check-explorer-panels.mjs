// What the panels beside the world do, for check-explorer.mjs: each check opens a page and says what is wrong.
export const checkPanels = {};
