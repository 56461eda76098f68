import { useQuery, useQueryClient } from "@tanstack/react-query";
import { messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { ago } from "../../shared/console/format";
import { Loaded } from "../../shared/console/Loaded";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { keys, knowledge, refresh, type Edit } from "./useKnowledge";

/** Who changed what on this page, each with its way back for as long as it is kept. */
export function EditsList({ bot, mayEdit }: { bot: string; mayEdit: boolean }) {
  const texts = consoleText.knowledge.edits;
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: [...keys.all(bot), "edits"],
    queryFn: ({ signal }) => knowledge.edits(bot, signal),
  });
  async function undo(edit: Edit): Promise<void> {
    try {
      await knowledge.undo(bot, edit.id);
      toast(consoleText.knowledge.done.undone);
    } catch (error) {
      toast(messageOf(error), { bad: true });
    }
    await refresh(queries, bot);
  }
  return (
    <Loaded query={list}>
      {({ edits }) =>
        edits.length === 0 ? (
          <p className="quiet-text">{texts.none}</p>
        ) : (
          <ul className="edits">
            {edits.map((edit) => (
              <li key={edit.id} className="card row spread">
                <div>
                  <p dir="auto" className="break">
                    {edit.undoes ? texts.tookBack : ""} {edit.files.map(said).join(", ")}
                  </p>
                  <p className="quiet-text">
                    {texts.by(edit.author, ago(edit.at))} {edit.undone && <Badge>{texts.undone}</Badge>}{" "}
                    {!edit.kept && <Badge tone="warn">{texts.final}</Badge>}
                  </p>
                </div>
                {mayEdit && !edit.undone && edit.kept && (
                  <button type="button" className="button quiet" onClick={() => void undo(edit)}>
                    {consoleText.shell.undo}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function said(file: Edit["files"][number]): string {
  const texts = consoleText.knowledge.edits;
  if (file.before === "") return texts.added(file.name);
  return file.after === "" ? texts.deleted(file.name) : texts.changed(file.name);
}
