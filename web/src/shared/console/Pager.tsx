import { number } from "./format";
import { consoleText } from "../messages/console/text";
import { paging } from "./paging";

interface Props {
  offset: number;
  size: number;
  total: number;
  onChange: (offset: number) => void;
}

/** Back and forth in a list that the server gives page by page. */
export function Pager({ offset, size, total, onChange }: Props) {
  const { from, to, previous, next } = paging(offset, size, total);
  if (previous === null && next === null) return null;
  return (
    <nav className="row pager" aria-label={consoleText.shell.pageOf(number(from), number(to), number(total))}>
      <button
        type="button"
        className="button"
        disabled={previous === null}
        onClick={() => previous !== null && onChange(previous)}
      >
        {consoleText.shell.previous}
      </button>
      <span className="quiet-text">{consoleText.shell.pageOf(number(from), number(to), number(total))}</span>
      <button type="button" className="button" disabled={next === null} onClick={() => next !== null && onChange(next)}>
        {consoleText.shell.next}
      </button>
    </nav>
  );
}
