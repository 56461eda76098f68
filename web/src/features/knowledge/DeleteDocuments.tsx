import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Confirm } from "../../shared/console/Confirm";
import { Switch } from "../../shared/console/Field";
import { Loaded } from "../../shared/console/Loaded";
import { consoleText } from "../../shared/messages/console/text";
import { keys, knowledge, useEditing, type Wanted } from "./useKnowledge";

interface Props {
  bot: string;
  /** Null: nothing is asked. */
  names: readonly string[] | null;
  onClose: () => void;
  onDone: () => void;
}

/** Says what answers rest on the documents before they go. */
export function DeleteDocuments({ bot, names, onClose, onDone }: Props) {
  const texts = consoleText.knowledge.remove;
  const edit = useEditing(bot);
  const [final, setFinal] = useState(false);
  const wanted = useQuery({
    queryKey: [...keys.all(bot), "deleting", names],
    enabled: names !== null,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const views = await Promise.all((names ?? []).map((name) => knowledge.document(bot, name, 1, signal)));
      const body: Wanted = {
        put: [],
        remove: views.map((each) => ({ name: each.document.name, version: each.version })),
        final: false,
      };
      return { body, plan: await knowledge.plan(bot, body, signal) };
    },
  });
  return (
    <Confirm
      open={names !== null}
      onOpenChange={(open) => {
        if (!open) {
          setFinal(false);
          onClose();
        }
      }}
      title={texts.title(names?.length ?? 0)}
      text={texts.text}
      action={texts.action}
      danger
      onConfirm={async () => {
        if (!wanted.data) throw new Error(texts.wait);
        await edit({ ...wanted.data.body, final });
        onDone();
      }}
    >
      <Loaded query={wanted}>
        {({ plan }) => {
          const cited = plan.documents.reduce((sum, each) => sum + each.cited, 0);
          return (
            <div className="stack">
              <ul className="names">
                {plan.documents.slice(0, 12).map((each) => (
                  <li key={each.name} dir="auto">
                    {each.name} <span className="quiet-text">{texts.passages(each.gone)}</span>
                  </li>
                ))}
              </ul>
              <p>{cited > 0 ? texts.cited(cited) : texts.notCited}</p>
              {plan.moved.length > 0 && (
                <>
                  <p>{texts.cases(plan.moved.length)}</p>
                  <ul className="names">
                    {plan.moved.slice(0, 6).map((each) => (
                      <li key={each.id} dir="auto">
                        {each.question}
                      </li>
                    ))}
                  </ul>
                </>
              )}
              <Switch label={texts.final} hint={texts.finalHint} checked={final} onChange={setFinal} />
            </div>
          );
        }}
      </Loaded>
    </Confirm>
  );
}
