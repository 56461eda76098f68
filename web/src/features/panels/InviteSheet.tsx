import { useState } from "react";
import { messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { Sheet } from "../../shared/console/Sheet";
import { consoleText } from "../../shared/messages/console/text";
import { CopyButton } from "../../shared/ui/CopyButton";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import type { Panel, SecretLink } from "./types";
import { usePanelChanges } from "./usePanels";

interface Props {
  bot: string;
  panel: Panel;
  open: boolean;
  onClose: () => void;
}

/** Inviting, and then the links, which are shown this once. */
export function InviteSheet({ bot, panel, open, onClose }: Props) {
  return (
    <Sheet
      open={open}
      onOpenChange={(now) => {
        if (!now) onClose();
      }}
      title={consoleText.panels.inviteTitle}
    >
      <Invite bot={bot} panel={panel} onClose={onClose} />
    </Sheet>
  );
}

/** Its state goes with the sheet. */
function Invite({ bot, panel, onClose }: Omit<Props, "open">) {
  const text = consoleText.panels;
  const changes = usePanelChanges(bot);
  const [names, setNames] = useState("");
  const [days, setDays] = useState("30");
  const [links, setLinks] = useState<readonly SecretLink[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const who = names
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

  async function invite(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      const made = await changes.invite(panel.id, who, Math.min(365, Math.max(0.01, Number(days) || 30)));
      setLinks(made.links);
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  if (links) return <Links links={links} onDone={onClose} />;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (who.length > 0 && !busy) void invite();
      }}
    >
      <Field label={text.inviteNames} hint={text.inviteNamesHint}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            rows={6}
            dir="auto"
            value={names}
            onChange={(event) => setNames(event.target.value)}
          />
        )}
      </Field>
      <Field label={text.inviteDays}>
        {(ids) => (
          <input
            {...ids}
            className="input panel-days"
            type="number"
            min={1}
            max={365}
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        )}
      </Field>
      {error && <ErrorPanel message={error} onDismiss={() => setError(null)} />}
      <div className="form-actions end">
        <button type="button" className="button quiet" onClick={onClose}>
          {consoleText.shell.cancel}
        </button>
        <button type="submit" className="button primary" disabled={busy || who.length === 0}>
          {text.invite}
        </button>
      </div>
    </form>
  );
}

function Links({ links, onDone }: { links: readonly SecretLink[]; onDone: () => void }) {
  const text = consoleText.panels;
  const whole = (link: SecretLink): string => window.location.origin + link.path;
  return (
    <div className="stack">
      <h3>{text.linksTitle}</h3>
      <p>{text.linksText}</p>
      <ul className="panel-links">
        {links.map((link) => (
          <li key={link.id}>
            <b dir="auto">{link.name}</b>
            <span className="row">
              <code className="code">{whole(link)}</code>
              <CopyButton value={whole(link)} label={text.copyLink(link.name)} />
            </span>
          </li>
        ))}
      </ul>
      <div className="form-actions end">
        <span className="row">
          {text.copyAll}
          <CopyButton value={links.map((link) => `${link.name}: ${whole(link)}`).join("\n")} label={text.copyAll} />
        </span>
        <button type="button" className="button primary" onClick={onDone}>
          {text.linksDone}
        </button>
      </div>
    </div>
  );
}
