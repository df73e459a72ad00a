/**
 * Changing a file of the program's own that its processes share, such as a count. The file is for its owner alone, and
 * checked before it is trusted (`own-file.ts`).
 */
import { type ChangeOptions, type ChangeOutcome, type Edit, editFile } from './edit-file.ts';
import { readOwnFile } from './own-file.ts';

/**
 * Calls `change` with the text of the file (null when there is none; the text may be damaged) and writes what it returns;
 * null leaves the file as it is. `change` may be called again and must not wait. The file is created for its owner alone, in
 * a folder for its owner alone. Failures are outcomes; it rejects only when `change` throws.
 */
export async function changeSharedFile(
  path: string,
  change: (text: string | null) => string | null,
  options: ChangeOptions,
): Promise<ChangeOutcome> {
  const ask = (bytes: Buffer | null): Edit => {
    const text = change(bytes === null ? null : bytes.toString('utf8'));
    return text === null ? { kind: 'keep' } : { kind: 'write', bytes: Buffer.from(text) };
  };
  return editFile(path, ask, options, readOwnFile);
}
