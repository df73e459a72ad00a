// Loaded by Node before the program (`--import`): time passes faster, and this computer's clock is wrong. The address says how:
// `speed`, `skew` (ms), and the point where fast and real time meet: `at` (ms of the system's monotonic clock) and `epoch`.
// The clock can be set while the program runs: SIGUSR2 reads a new skew from the file `control`.
import { readFileSync } from 'node:fs';

const settings = new URL(import.meta.url).searchParams;
const [speed, at, epoch] = ['speed', 'at', 'epoch'].map((name) => Number(settings.get(name)));
let skew = Number(settings.get('skew'));

const realBigint = process.hrtime.bigint.bind(process.hrtime);
const monotonicMs = () => Number(realBigint() / 1000n) / 1000;
const passedMs = () => (monotonicMs() - at) * speed;
const nowMs = () => Math.floor(epoch + passedMs() + skew);

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(nowMs());
    else super(...parts);
  }

  static now() {
    return nowMs();
  }
};

process.hrtime.bigint = () => BigInt(Math.round((at + passedMs()) * 1e6));
const started = monotonicMs();
Object.defineProperty(performance, 'now', { value: () => (monotonicMs() - started) * speed });

const { setTimeout: realSetTimeout, setInterval: realSetInterval } = globalThis;
globalThis.setTimeout = Object.assign(
  (work, ms = 1, ...rest) => realSetTimeout(work, ms / speed, ...rest),
  realSetTimeout,
);
globalThis.setInterval = (work, ms = 1, ...rest) => realSetInterval(work, ms / speed, ...rest);

process.on('SIGUSR2', () => {
  skew = Number(readFileSync(settings.get('control'), 'utf8'));
});
