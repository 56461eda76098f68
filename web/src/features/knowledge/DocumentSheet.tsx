import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Badge } from "../../shared/console/Badge";
import { ago, bytes, number } from "../../shared/console/format";
import { Loaded } from "../../shared/console/Loaded";
import { Sheet } from "../../shared/console/Sheet";
import { consoleText } from "../../shared/messages/console/text";
import { OutLink } from "../../shared/ui/OutLink";
import { DeleteDocuments } from "./DeleteDocuments";
import { EditDocument } from "./EditDocument";
import { keys, knowledge, type Document } from "./useKnowledge";

interface Props {
  bot: string;
  name: string | null;
  mayEdit: boolean;
  onClose: () => void;
}

const STEP = 50;

/** A document with its passages and their places; where it is text, it is edited here. */
export function DocumentSheet({ bot, name, mayEdit, onClose }: Props) {
  const texts = consoleText.knowledge.view;
  const [limit, setLimit] = useState(STEP);
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const query = useQuery({
    queryKey: [...keys.all(bot), "document", name, limit],
    enabled: name !== null,
    queryFn: ({ signal }) => knowledge.document(bot, name ?? "", limit, signal),
    placeholderData: keepPreviousData,
  });
  const close = (): void => {
    setEditing(false);
    setLimit(STEP);
    onClose();
  };
  return (
    <Sheet
      open={name !== null}
      onOpenChange={(open) => !open && close()}
      title={query.data?.document.title ?? name ?? ""}
    >
      <Loaded query={query}>
        {(view) =>
          editing && view.text !== null ? (
            <EditDocument
              bot={bot}
              name={view.document.name}
              text={view.text}
              version={view.version}
              onDone={() => setEditing(false)}
            />
          ) : (
            <div className="stack">
              <About document={view.document} />
              {mayEdit && view.document.kind === "file" && (
                <div className="row">
                  {view.text !== null && (
                    <button type="button" className="button" onClick={() => setEditing(true)}>
                      {texts.edit}
                    </button>
                  )}
                  <button type="button" className="button" onClick={() => setDeleting(true)}>
                    {texts.delete}
                  </button>
                </div>
              )}
              <h3>{texts.passages(view.total)}</h3>
              <ol className="passages">
                {view.passages.map((each) => (
                  <li key={each.start} className="card">
                    <p className="quiet-text">
                      {[
                        each.headings.join(" › "),
                        each.page ? texts.page(each.page) : "",
                        texts.place(each.start, each.end),
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </p>
                    <p className="passage" dir="auto">
                      {each.text}
                    </p>
                    {each.orders.map((order, index) => (
                      <p key={index} className="field-error" dir="auto">
                        {texts.order(order)}
                      </p>
                    ))}
                  </li>
                ))}
              </ol>
              {view.passages.length < view.total && limit < 200 && (
                <button type="button" className="button" onClick={() => setLimit(200)}>
                  {consoleText.shell.more}
                </button>
              )}
            </div>
          )
        }
      </Loaded>
      <DeleteDocuments
        bot={bot}
        names={deleting && name ? [name] : null}
        onClose={() => setDeleting(false)}
        onDone={close}
      />
    </Sheet>
  );
}

function About({ document }: { document: Document }) {
  const texts = consoleText.knowledge.view;
  const kinds = consoleText.knowledge.documents.kinds;
  const facts = [
    document.at ? texts.changed(ago(document.at)) : "",
    document.size ? bytes(document.size) : "",
    texts.characters(number(document.characters)),
    document.cited > 0 ? texts.cited(document.cited) : "",
  ].filter(Boolean);
  return (
    <div className="stack">
      {document.kind === "file" ? (
        <p className="code break" dir="auto">
          {document.name}
        </p>
      ) : (
        <p className="break">
          <OutLink href={document.name}>{document.name}</OutLink> <Badge>{kinds[document.kind]}</Badge>
        </p>
      )}
      <p className="quiet-text">{facts.join(" · ")}</p>
      {document.problem && <p className="field-error">{document.problem}</p>}
      {document.twin && <p className="quiet-text">{texts.twin(document.twin)}</p>}
      {document.label && <p className="quiet-text">{texts.label(document.label)}</p>}
      {document.marks > 0 && <p className="field-error">{texts.marks}</p>}
    </div>
  );
}
