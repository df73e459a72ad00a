/**
 * The columns of the event log. An event is a row, and its position is the number of that row; what many events share is
 * kept once. It neither orders events nor decides which ones are held.
 */
import type { LogEvent } from '../../signup/event.ts';
import { Chains } from './chains.ts';
import { Float64Column, Uint32Column } from './columns.ts';
import { GuidStore } from './guid-store.ts';
import { GuidTable } from './guid-table.ts';
import { type Kind, Kinds } from './kinds.ts';
import { type RareParts, rareLine, rareParts } from './rare-parts.ts';
import { RawBlocks, type RawPacker } from './raw-blocks.ts';
import { RowLists } from './row-lists.ts';
import { TextTable } from './text-table.ts';

export class EventRows {
  /** The code of an id is the position of its event. */
  readonly ids = new GuidTable();
  readonly kinds = new Kinds();
  readonly chains = new Chains();
  readonly texts = new TextTable();
  readonly userIds = new GuidStore();
  /** The events of each identifier, by its code in `texts`. */
  readonly people = new RowLists();
  readonly #raws: RawBlocks;
  readonly #timesMs = new Float64Column();
  readonly #kindCodes = new Uint32Column();
  // Codes + 1; 0 when the event has none.
  readonly #identifiers = new Uint32Column();
  readonly #failureReasons = new Uint32Column();
  readonly #additionalDetails = new Uint32Column();
  readonly #counterparts = new Uint32Column();
  readonly #userIdCodes = new Uint32Column();
  readonly #rawPlaces = new Uint32Column();

  constructor(packer: RawPacker) {
    this.#raws = new RawBlocks(packer);
  }

  /** Writes an event whose id is not among the rows, and gives its position. */
  write(event: LogEvent): number {
    const position = this.ids.add(event.id);
    this.chains.add(position, event.correlationId);
    this.#timesMs.set(position, event.timeMs);
    this.#kindCodes.set(position, this.kinds.codeOf(event));
    const identifier = this.#internText(event.identifier);
    this.#identifiers.set(position, identifier);
    if (identifier > 0) this.people.add(position, identifier - 1);
    this.#failureReasons.set(position, this.#internText(event.failureReason));
    this.#additionalDetails.set(position, this.#internText(event.additionalDetails));
    const counterpart = this.#internText(event.counterpart);
    // Where no event has one, as in the sign-up log, the column stays without rows.
    if (counterpart !== this.#counterparts.get(position)) this.#counterparts.set(position, counterpart);
    this.#userIdCodes.set(position, event.userId === null ? 0 : this.userIds.put(event.userId) + 1);
    this.#rawPlaces.set(position, this.#raws.add(rareLine(event)));
    return position;
  }

  /** Gives up the row; its position is used again. */
  release(position: number): void {
    this.chains.remove(position);
    if (this.identifierCode(position) >= 0) this.people.remove(position, this.identifierCode(position));
    for (const column of [this.#identifiers, this.#failureReasons, this.#additionalDetails, this.#counterparts]) {
      const link = column.get(position);
      if (link > 0) this.texts.release(link - 1);
    }
    const userId = this.#userIdCodes.get(position);
    if (userId > 0) this.userIds.remove(userId - 1);
    this.#raws.release(this.#rawPlaces.get(position));
    this.ids.remove(position);
  }

  timeMs(position: number): number {
    return this.#timesMs.get(position);
  }

  kindCode(position: number): number {
    return this.#kindCodes.get(position);
  }

  kind(position: number): Kind {
    return this.kinds.at(this.kindCode(position));
  }

  id(position: number): string {
    return this.ids.store.text(position);
  }

  correlationId(position: number): string {
    return this.chains.ids.store.text(this.chains.codeOf(position));
  }

  identifier(position: number): string | null {
    return this.#textOf(this.#identifiers.get(position));
  }

  failureReason(position: number): string | null {
    return this.#textOf(this.#failureReasons.get(position));
  }

  counterpart(position: number): string | null {
    return this.#textOf(this.#counterparts.get(position));
  }

  /** True while any ID is no canonical GUID. */
  get hasOddIds(): boolean {
    return this.ids.store.hasOddTexts || this.chains.ids.store.hasOddTexts || this.userIds.hasOddTexts;
  }

  /** Codes in `texts`; -1 when the event has no such text. */
  identifierCode(position: number): number {
    return this.#identifiers.get(position) - 1;
  }

  failureReasonCode(position: number): number {
    return this.#failureReasons.get(position) - 1;
  }

  additionalDetailsCode(position: number): number {
    return this.#additionalDetails.get(position) - 1;
  }

  counterpartCode(position: number): number {
    return this.#counterparts.get(position) - 1;
  }

  /** Code in `userIds`; -1 when the event has none. */
  userIdCode(position: number): number {
    return this.#userIdCodes.get(position) - 1;
  }

  /** The event as it was written; the application's name is the one to show. Raw JSON is unpacked when it is read. */
  event(position: number, appName: string | null): LogEvent {
    const { sample } = this.kind(position);
    const userIdCode = this.userIdCode(position);
    const readLine = this.#raws.reader(this.#rawPlaces.get(position));
    const held = {
      id: this.id(position),
      correlationId: this.correlationId(position),
      timeMs: this.timeMs(position),
      identifier: this.identifier(position),
      userId: userIdCode < 0 ? null : this.userIds.text(userIdCode),
    };
    let parts: RareParts | null = null;
    const rare = (): RareParts => {
      parts ??= rareParts(readLine(), held);
      return parts;
    };
    return {
      ...sample,
      ...held,
      appName,
      failureReason: this.failureReason(position),
      additionalDetails: this.#textOf(this.#additionalDetails.get(position)),
      counterpart: this.counterpart(position),
      get listeners() {
        return sample.listeners.length === 0 ? sample.listeners : rare().listeners;
      },
      get raw() {
        return rare().raw;
      },
    };
  }

  #internText(text: string | null): number {
    return text === null ? 0 : this.texts.intern(text) + 1;
  }

  #textOf(link: number): string | null {
    return link === 0 ? null : this.texts.text(link - 1);
  }
}
