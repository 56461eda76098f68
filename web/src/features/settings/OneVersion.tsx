import { useQuery } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { Loaded } from "../../shared/console/Loaded";
import { Sheet } from "../../shared/console/Sheet";
import { consoleText } from "../../shared/messages/console/text";
import { Difference } from "./Difference";

interface Props {
  bot: string;
  /** Null: none is shown. */
  id: string | null;
  onClose: () => void;
  onRestore: () => Promise<void>;
}

/** What going back to a version would change. */
export function OneVersion({ bot, id, onClose, onRestore }: Props) {
  const text = consoleText.settings;
  const query = useQuery({
    queryKey: ["settings", bot, "version", id],
    enabled: id !== null,
    queryFn: ({ signal }) =>
      call(
        client.GET("/api/console/settings/versions/{id}", {
          params: { path: { id: id ?? "" }, query: { bot } },
          signal,
        }),
      ),
  });
  return (
    <Sheet
      open={id !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={text.difference}
    >
      <Loaded query={query}>
        {(found) => (
          <div className="stack">
            {found.difference.length > 0 ? <Difference lines={found.difference} /> : <p>{text.nothing}</p>}
            <div className="form-actions">
              <button type="button" className="button primary" onClick={() => void onRestore()}>
                {text.restore}
              </button>
            </div>
          </div>
        )}
      </Loaded>
    </Sheet>
  );
}
