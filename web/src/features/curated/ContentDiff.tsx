import { Badge } from "../../shared/console/Badge";
import { WordDiff } from "../../shared/console/WordDiff";
import { consoleText } from "../../shared/messages/console/text";
import { draftOf } from "./draft";
import type { Content } from "./types";

interface Props {
  /** Null: it was not there, or is not any more. */
  before: Content | null;
  after: Content | null;
}

const there = (content: Content | null): Content | null => (content?.state === "active" ? content : null);

/** What became of one answer: its questions, its text, and whatever else is different. */
export function ContentDiff({ before, after }: Props) {
  const text = consoleText.curated;
  const [old, now] = [there(before), there(after)];
  const shown = now ?? old ?? after ?? before;
  if (!shown) return null;
  const kind = old && now ? "changed" : now ? "added" : "removed";
  const [a, b] = [draftOf(old ?? shown), draftOf(now ?? shown)];
  const rest = (["starts", "expires", "links", "note"] as const).filter((name) => a[name] !== b[name]);
  return (
    <article className="stack curated-diff" aria-label={shown.questions[0] ?? ""}>
      <p className="row">
        <Badge tone={kind === "added" ? "good" : kind === "removed" ? "bad" : "info"}>{text.kinds[kind]}</Badge>
        <b dir="auto">{shown.questions[0]}</b>
      </p>
      {kind === "changed" ? (
        <>
          {a.questions !== b.questions && <WordDiff before={a.questions} after={b.questions} />}
          {a.text !== b.text && <WordDiff before={a.text} after={b.text} />}
          {rest.map((name) => (
            <div key={name} className="row">
              <span className="quiet-text">{text[name]}</span>
              <WordDiff before={a[name]} after={b[name]} />
            </div>
          ))}
        </>
      ) : (
        <>
          {shown.questions.length > 1 && (
            <p className="quiet-text" dir="auto">
              {shown.questions.slice(1).join(" · ")}
            </p>
          )}
          <p className="curated-text" dir="auto">
            {shown.text}
          </p>
        </>
      )}
    </article>
  );
}
