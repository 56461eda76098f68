import { useState, type ReactNode } from "react";
import { announce } from "../../shared/announce";
import { Switch } from "../../shared/console/Field";
import { number } from "../../shared/console/format";
import { setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { isBoolean, recall, remember } from "../../shared/storage";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Deciding } from "./Deciding";
import { KEYS, useKeys } from "./keys";
import { useNames } from "./names";
import type { Item } from "./types";
import { useDecisions } from "./useQueue";
import { usePast, type Decided } from "./usePast";

interface Props {
  bot: string;
  items: readonly Item[];
  total: number;
  empty: ReactNode;
  /** There are more than are here: asks for them. */
  onEnd: (() => void) | undefined;
}

/** One item at a time, with the way to the one before and after it. */
export function OneByOne({ bot, items, total, empty, onEnd }: Props) {
  const text = consoleText.reviews;
  const wanted = useSearch().get("item");
  const [keysOn, setKeysOn] = useState(() => recall("local", "reviewKeys", true, isBoolean));
  // Where one was stays when the item is decided and goes: the next one stands there then.
  const [place, setPlace] = useState(0);
  const names = useNames(bot);
  const { past, keep, undo, back } = usePast(useDecisions(bot));
  const found = items.findIndex((item) => item.id === wanted);
  const at = Math.min(found >= 0 ? found : place, items.length - 1);
  const item = items[at];
  useKeys(keysOn && !item, (command) => {
    if (command === "undo") void undo();
  });
  if (!item)
    return (
      <>
        {empty}
        {past.length > 0 && (
          <p className="row review-undo">
            <button type="button" className="button" onClick={() => void undo()}>
              {text.undo}
            </button>
          </p>
        )}
      </>
    );

  function go(to: number): void {
    const next = items[to];
    if (!next) return;
    setPlace(to);
    setSearch({ item: next.id });
    announce(text.position(number(to + 1), number(total)));
    if (to >= items.length - 3) onEnd?.();
  }

  function decided(review: Decided): void {
    keep(review);
    setPlace(at);
    setSearch({ item: items[at + 1]?.id ?? null });
  }

  return (
    <div className="one-by-one">
      <div className="row review-place">
        <button type="button" className="button" disabled={at <= 0} onClick={() => go(at - 1)}>
          {text.previous} {keysOn && <kbd aria-hidden="true">{KEYS.previous}</kbd>}
        </button>
        <span className="quiet-text">{text.position(number(at + 1), number(total))}</span>
        <button type="button" className="button" disabled={at >= items.length - 1} onClick={() => go(at + 1)}>
          {text.next} {keysOn && <kbd aria-hidden="true">{KEYS.next}</kbd>}
        </button>
        <Switch
          label={text.keysOn}
          hint={text.keysHint}
          checked={keysOn}
          onChange={(on) => {
            remember("local", "reviewKeys", on);
            setKeysOn(on);
          }}
        />
      </div>
      {wanted !== null && found < 0 && (
        <ErrorPanel message={text.notHere} onDismiss={() => setSearch({ item: null })} />
      )}
      <Deciding
        key={item.id}
        bot={bot}
        item={item}
        names={names}
        keysOn={keysOn}
        onNext={() => go(at + 1)}
        onPrevious={() => go(at - 1)}
        onDecided={decided}
        onUndo={() => void undo()}
        onBack={back}
      />
    </div>
  );
}
