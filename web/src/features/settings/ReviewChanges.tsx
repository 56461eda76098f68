import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, client, messageOf } from "../../shared/api";
import { Loaded } from "../../shared/console/Loaded";
import { Sheet } from "../../shared/console/Sheet";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Difference } from "./Difference";
import { Effects } from "./Effects";
import { Mistakes } from "./Mistakes";

type Body = components["schemas"]["NewSettings"];

interface Props {
  bot: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  body: Body;
  onSaved: () => Promise<void>;
}

/** What saving would change, and when each change counts; then saves. */
export function ReviewChanges({ open, onOpenChange, ...rest }: Props) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={consoleText.settings.reviewTitle}>
      <Review {...rest} onClose={() => onOpenChange(false)} />
    </Sheet>
  );
}

function Review({ bot, body, onSaved, onClose }: Omit<Props, "open" | "onOpenChange"> & { onClose: () => void }) {
  const text = consoleText.settings;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const params = { query: { bot } };
  const query = useQuery({
    queryKey: ["settings-check", bot, body],
    queryFn: ({ signal }) => call(client.POST("/api/console/settings/check", { params, body: tidy(body), signal })),
    gcTime: 0,
  });

  async function save(): Promise<void> {
    setBusy(true);
    setError("");
    try {
      const done = await call(client.PUT("/api/console/settings", { params, body: tidy(body) }));
      onClose();
      await onSaved();
      const id = done.version;
      const undo = async (): Promise<void> => {
        const path = { id: id ?? "" };
        const back = { revision: done.settings.revision };
        await call(
          client.POST("/api/console/settings/versions/{id}/undo", { params: { ...params, path }, body: back }),
        );
        await onSaved();
        toast(text.undone);
      };
      const all = done.effects.every((each) => each.effect === "now");
      toast(all ? text.savedNow : text.saved, id ? { undo } : {});
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Loaded query={query}>
      {(found) => (
        <div className="stack">
          {found.mistakes.length > 0 ? (
            <Mistakes mistakes={found.mistakes} />
          ) : found.difference.length === 0 ? (
            <p>{text.nothing}</p>
          ) : (
            <>
              <Effects effects={found.effects} />
              <Difference lines={found.difference} />
            </>
          )}
          {error && <ErrorPanel message={error} />}
          <div className="form-actions">
            <button
              type="button"
              className="button primary"
              disabled={busy || found.mistakes.length > 0 || found.difference.length === 0}
              onClick={() => void save()}
            >
              {text.save}
            </button>
            <button type="button" className="button" onClick={onClose}>
              {consoleText.shell.cancel}
            </button>
          </div>
        </div>
      )}
    </Loaded>
  );
}

/** Blank lines of lists are no entries. */
function tidy(body: Body): Body {
  if (!body.changes) return body;
  const kept = (value: unknown): unknown =>
    Array.isArray(value) ? value.map((one) => String(one).trim()).filter(Boolean) : value;
  const tables = Object.entries(body.changes).map(([table, values]) => [
    table,
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, kept(value)])),
  ]);
  return { ...body, changes: Object.fromEntries(tables) as NonNullable<Body["changes"]> };
}
