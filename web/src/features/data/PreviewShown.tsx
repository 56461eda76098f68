import { number } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { consoleText } from "../../shared/messages/console/text";
import { Talk } from "./Talk";
import type { Preview } from "./useData";

/** The first conversations of a file, and what of its beginning would be left out. */
export function PreviewShown({ preview }: { preview: Preview }) {
  const texts = consoleText.data.add;
  if (preview.document)
    return (
      <p className="knowledge-note" role="alert">
        {texts.isDocument} <Link to="/console/knowledge">{consoleText.knowledge.title}</Link>
      </p>
    );
  if (preview.problem)
    return (
      <p className="field-error" role="alert">
        {preview.problem}
      </p>
    );
  return (
    <div className="stack" role="status">
      <p>
        {preview.whole
          ? texts.whole(number(preview.kept), number(preview.rows))
          : texts.beginning(number(preview.kept), number(preview.rows))}
      </p>
      {preview.left_out.length > 0 && (
        <ul className="examples">
          {preview.left_out.map((each) => (
            <li key={each.reason}>
              {number(each.rows)}: {each.reason}.{" "}
              <span className="quiet-text">{consoleText.data.kinds[each.kind].keep}</span>
            </li>
          ))}
        </ul>
      )}
      {preview.conversations.map((each, index) => (
        <div key={index} className="card">
          <Talk messages={each} />
        </div>
      ))}
    </div>
  );
}
