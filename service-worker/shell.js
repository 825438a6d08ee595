// What the worker keeps. These two values are replaced by stamp.mjs at build time: the names
// of this version and of every file of the app's shell, each with the SHA-256 of its bytes.
export const VERSION = 'unstamped';
export const ASSETS = {};
