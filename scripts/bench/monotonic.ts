/** Time that is the same in every process of the machine, for measuring from one to another. */

/** Milliseconds of the machine's monotonic clock. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
