// Times a way of reading a page beside the benchmark of ours on the same bytes, in the same run.
import { readFileSync } from 'node:fs';

const folder = process.argv[2];
export const page = readFileSync(`${folder}/page.json`);
export const order = JSON.parse(readFileSync(`${folder}/order.json`, 'utf8'));

const WARM_UP_MS = 4000;
const ROUNDS = 15;
const ROUND_MS = 500;

async function round(way, milliseconds) {
  const began = process.hrtime.bigint();
  const end = began + BigInt(milliseconds) * 1_000_000n;
  let pages = 0;
  let now = began;
  while (now < end) {
    await way();
    pages++;
    now = process.hrtime.bigint();
  }
  return Number(now - began) / 1000 / pages;
}

// A way gives the hash of the transaction that pays the order.
export async function compare(ways) {
  const ours = JSON.parse(readFileSync(`${folder}/ours.json`, 'utf8')).find((result) => result.benchmark.endsWith('.ours'));
  const units = { 'us/op': 1, 'ms/op': 1000, 'ns/op': 0.001 }[ours.primaryMetric.scoreUnit];
  const oursUs = ours.primaryMetric.score * units;
  console.log(`ours: ${oursUs.toFixed(0)} us a page`);
  for (const [name, way] of Object.entries(ways)) {
    const hash = await way();
    if (hash !== order.hash) {
      throw new Error(`${name} found ${hash}, expected ${order.hash}`);
    }
    await round(way, WARM_UP_MS);
    const times = [];
    for (let i = 0; i < ROUNDS; i++) {
      times.push(await round(way, ROUND_MS));
    }
    const median = times.sort((a, b) => a - b)[ROUNDS >> 1];
    console.log(`${name}: ${median.toFixed(0)} us a page; ${name} / ours = ${(median / oursUs).toFixed(2)}`);
  }
}
