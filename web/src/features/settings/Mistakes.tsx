import { consoleText } from "../../shared/messages/console/text";
import type { Settings } from "./draft";

interface Props {
  mistakes: Settings["mistakes"];
  /** Goes to a line of the text. */
  onLine?: (line: number) => void;
}

export function Mistakes({ mistakes, onLine }: Props) {
  const text = consoleText.settings;
  return (
    <div className="note bad" role="alert">
      <p>{text.mistakes(mistakes.length)}</p>
      <ul>
        {mistakes.map((one) => (
          <li key={`${one.line} ${one.key} ${one.message}`}>
            {one.line > 0 &&
              (onLine ? (
                <button type="button" className="link-button" onClick={() => onLine(one.line)}>
                  {text.line(one.line)}
                </button>
              ) : (
                text.line(one.line)
              ))}{" "}
            {one.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
