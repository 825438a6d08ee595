// What the worker keeps. These values are replaced by stamp.mjs at build time: the names of this version and of every file of the
// app's shell, each with the SHA-256 of its bytes; and what syncs while the app is closed, see background.js.
export const VERSION = 'unstamped';
export const ASSETS = {};
export const BACKGROUND = null;
