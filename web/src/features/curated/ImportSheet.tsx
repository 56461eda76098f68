import { useRef, useState } from "react";
import { messageOf } from "../../shared/api";
import { Field, Switch } from "../../shared/console/Field";
import { Sheet } from "../../shared/console/Sheet";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Preview } from "./Preview";
import type { Report } from "./types";
import { formatOf, useChanges } from "./useCurated";

interface Props {
  bot: string;
  open: boolean;
  onClose: () => void;
}

const MOST_BYTES = 20_000_000;

/** A table is read, what it would change is shown, and then it is done, or not. */
export function ImportSheet({ bot, open, onClose }: Props) {
  const text = consoleText.curated;
  return (
    <Sheet
      open={open}
      onOpenChange={(now) => {
        if (!now) onClose();
      }}
      title={text.importTitle}
      about={text.importAbout}
    >
      <Import bot={bot} onClose={onClose} />
    </Sheet>
  );
}

/** Its state goes with the sheet. */
function Import({ bot, onClose }: Omit<Props, "open">) {
  const text = consoleText.curated;
  const changes = useChanges(bot);
  const [file, setFile] = useState<File | null>(null);
  const [replace, setReplace] = useState(false);
  const [report, setReport] = useState<Report | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const asked = useRef(0);

  /** Of several answers on their way only the last one counts. */
  async function look(next: File, replacing: boolean): Promise<void> {
    const number = ++asked.current;
    setReport(null);
    setError(null);
    if (formatOf(next.name) === null) return setError(text.badFile);
    if (next.size > MOST_BYTES) return setError(text.tooLarge);
    setBusy(text.reading);
    try {
      const found = await changes.take(next, { dry_run: true, replace: replacing });
      if (number === asked.current) setReport(found);
    } catch (problem) {
      if (number === asked.current) setError(messageOf(problem));
    } finally {
      if (number === asked.current) setBusy(null);
    }
  }

  async function doIt(chosen: File): Promise<void> {
    setBusy(text.importing);
    setError(null);
    try {
      const done = await changes.take(chosen, { dry_run: false, replace });
      const revision = done.revision;
      toast(
        text.imported(done.added.length, done.changed.length),
        revision === null ? {} : { undo: () => changes.rollback(revision - 1, revision) },
      );
      onClose();
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(null);
    }
  }

  return (
    <div className="stack">
      <Field label={text.file}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            accept=".csv,.tsv,.xlsx,.qna"
            onChange={(event) => {
              const next = event.target.files?.[0] ?? null;
              setFile(next);
              setReport(null);
              if (next) void look(next, replace);
            }}
          />
        )}
      </Field>
      <Switch
        label={text.replace}
        hint={text.replaceHint}
        checked={replace}
        onChange={(on) => {
          setReplace(on);
          if (file) void look(file, on);
        }}
      />
      {busy && (
        <p className="loading" role="status">
          {busy}
        </p>
      )}
      {error && <ErrorPanel message={error} />}
      {report && file && (
        <Preview report={report} busy={busy !== null} onCancel={onClose} onImport={() => void doIt(file)} />
      )}
    </div>
  );
}
