// What a program takes: time, and the most memory that was its own at once, as Linux keeps count of it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How often its memory is looked at. The count only grows, so what is missed is what it grew at the very end. */
const EVERY = 5;

function highest(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB/m)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Runs a program to its end; returns seconds, and megabytes. */
export function spend(program, ...words) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    let [memory, said] = [0, ''];
    const look = setInterval(() => (memory = Math.max(memory, highest(child.pid))), EVERY);
    child.stderr.on('data', (text) => (said += text));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(look);
      if (code === 0) resolve({ seconds: (performance.now() - begun) / 1000, memory });
      else reject(new Error(`${program} ${words.join(' ')}: ${said}`));
    });
  });
}
