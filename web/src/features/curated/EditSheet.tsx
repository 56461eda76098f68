import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../../shared/console/Loaded";
import { Sheet } from "../../shared/console/Sheet";
import { consoleText } from "../../shared/messages/console/text";
import { draftOf, emptyDraft } from "./draft";
import { EditForm } from "./EditForm";
import { useChanges } from "./useCurated";

interface Props {
  bot: string;
  /** The answer that is open, "new", or null. */
  id: string | null;
  /** What a new one begins with. */
  question: string;
  mayCurate: boolean;
  onClose: () => void;
}

/** One answer over the table: read as it is now, written, removed. */
export function EditSheet({ bot, id, question, mayCurate, onClose }: Props) {
  const text = consoleText.curated;
  const changes = useChanges(bot);
  const fresh = id === "new";
  const query = useQuery({
    queryKey: ["console", bot, "curated", "answer", id],
    queryFn: () => changes.read(id ?? ""),
    enabled: id !== null && !fresh,
    // What somebody writes here is not to be overwritten by what is read meanwhile.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Sheet
      open={id !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={fresh ? text.newTitle : text.editTitle}
    >
      {fresh ? (
        <EditForm bot={bot} answer={null} initial={emptyDraft(question)} mayCurate={mayCurate} onDone={onClose} />
      ) : (
        <Loaded query={query}>
          {(answer) => (
            <EditForm
              key={answer.id}
              bot={bot}
              answer={answer}
              initial={draftOf(answer)}
              mayCurate={mayCurate}
              onDone={onClose}
            />
          )}
        </Loaded>
      )}
    </Sheet>
  );
}
