import { useState, type SyntheticEvent } from "react";
import { call, client, messageOf } from "../../shared/api";
import { Choice, Field } from "../../shared/console/Field";
import { Sheet } from "../../shared/console/Sheet";
import { consoleText } from "../../shared/messages/console/text";
import { invitationPath } from "../../shared/paths";
import { CopyButton } from "../../shared/ui/CopyButton";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { ROLES } from "./AccountTable";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: () => Promise<void>;
}

const DAYS = ["1", "7", "30"] as const;

export function Invite({ open, onOpenChange, onMade }: Props) {
  const text = consoleText.people;
  const [link, setLink] = useState<string | null>(null);
  const close = (next: boolean): void => {
    onOpenChange(next);
    if (!next) setLink(null);
  };
  return (
    <Sheet open={open} onOpenChange={close} title={link ? text.linkTitle : text.invite}>
      {link ? (
        <div className="stack">
          <p>{text.linkText}</p>
          <p className="secret">
            <code data-testid="link">{link}</code>
            <CopyButton value={link} label={text.copyLink} />
          </p>
          <div className="form-actions">
            <button type="button" className="button primary" onClick={() => close(false)}>
              {text.done}
            </button>
          </div>
        </div>
      ) : (
        <Form onMade={onMade} onLink={setLink} />
      )}
    </Sheet>
  );
}

function Form({ onMade, onLink }: { onMade: () => Promise<void>; onLink: (link: string) => void }) {
  const text = consoleText.people;
  const [role, setRole] = useState<(typeof ROLES)[number]>("reviewer");
  const [days, setDays] = useState<(typeof DAYS)[number]>("7");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  async function submit(event: SyntheticEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      const made = await call(client.POST("/api/console/people/invitations", { body: { role, days: Number(days) } }));
      await onMade();
      onLink(window.location.origin + invitationPath(made.token));
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <Field label={text.role} hint={text.rolesAbout[role]}>
        {(ids) => (
          <Choice ids={ids} value={role} onChange={setRole} options={ROLES.map((each) => [each, text.roles[each]])} />
        )}
      </Field>
      <Field label={text.inviteDays}>
        {(ids) => (
          <Choice ids={ids} value={days} onChange={setDays} options={DAYS.map((n) => [n, text.days(Number(n))])} />
        )}
      </Field>
      {error && <ErrorPanel message={error} />}
      <div className="form-actions">
        <button type="submit" className="button primary" disabled={busy}>
          {text.makeLink}
        </button>
      </div>
    </form>
  );
}
