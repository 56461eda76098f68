import { useEffect, useRef, useState } from "react";
import { messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { bytes } from "../../shared/console/format";
import { Sheet } from "../../shared/console/Sheet";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { IconButton } from "../../shared/ui/IconButton";
import { DropZone } from "./DropZone";
import { PlanView } from "./PlanView";
import { knowledge, useEditing, type Plan, type Status, type Wanted } from "./useKnowledge";
import { useUploads, type Sending } from "./useUploads";

interface Props {
  bot: string;
  /** Null: it is closed. Files that were dropped on the page, else none. */
  files: readonly File[] | null;
  status: Status | undefined;
  onClose: () => void;
}

/** Files are sent and read at once; what taking them would do is shown; then they are taken, all together. */
export function UploadSheet({ bot, files, status, onClose }: Props) {
  const texts = consoleText.knowledge.upload;
  const uploads = useUploads(bot, status);
  const edit = useEditing(bot);
  const [plan, setPlan] = useState<Plan | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const taken = useRef<readonly File[] | null>(null);

  useEffect(() => {
    if (files && files.length > 0 && taken.current !== files) {
      taken.current = files;
      uploads.add(files);
    }
  });

  const ready = uploads.files.filter((each) => each.upload !== null && !each.upload.same);
  const waiting = uploads.files.some((each) => each.upload === null && each.problem === null);
  const wanted: Wanted = {
    put: ready.map((each) => ({ upload: each.upload?.id ?? "", version: each.upload?.version ?? "" })),
    remove: [],
    final: false,
  };

  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setBusy(false);
    }
  }

  function close(isTaken: boolean): void {
    uploads.clear(isTaken);
    setPlan(null);
    setError(null);
    onClose();
  }

  const look = () => attempt(async () => setPlan(await knowledge.plan(bot, wanted)));
  const take = () =>
    attempt(async () => {
      await edit(wanted);
      close(true);
    });

  return (
    <Sheet open={files !== null} onOpenChange={(open) => !open && close(false)} title={texts.open} about={texts.about}>
      <div className="stack">
        {status && (
          <DropZone
            hint={texts.limits(status.endings.join(" "), bytes(status.largest))}
            accept={status.endings.join(",")}
            onFiles={(chosen) => {
              setPlan(null);
              uploads.add(chosen);
            }}
          />
        )}
        <ul className="stack" aria-live="polite">
          {uploads.files.map((each) => (
            <OneFile
              key={each.key}
              file={each}
              onRemove={() => {
                setPlan(null);
                uploads.remove(each.key);
              }}
            />
          ))}
        </ul>
        {error && <ErrorPanel message={error} />}
        {plan && <PlanView plan={plan} />}
        {uploads.files.length > 0 && (
          <div className="form-actions end">
            <button type="button" className="button" onClick={() => close(false)}>
              {consoleText.shell.cancel}
            </button>
            {plan ? (
              <button type="button" className="button primary" disabled={busy} onClick={() => void take()}>
                {texts.take(ready.length)}
              </button>
            ) : (
              <button
                type="button"
                className="button primary"
                disabled={busy || waiting || ready.length === 0}
                onClick={() => void look()}
              >
                {busy ? texts.looking : texts.look}
              </button>
            )}
          </div>
        )}
      </div>
    </Sheet>
  );
}

function OneFile({ file, onRemove }: { file: Sending; onRemove: () => void }) {
  const texts = consoleText.knowledge.upload;
  const { upload } = file;
  return (
    <li className="card upload">
      <div className="row spread">
        <strong dir="auto">{file.name}</strong>
        <IconButton icon="close" label={texts.leaveOut(file.name)} onClick={onRemove} />
      </div>
      {file.problem && <p className="field-error">{file.problem}</p>}
      {!file.problem && !upload && (
        <progress value={file.share} max={1} aria-label={texts.progress(file.name)}>
          {Math.round(file.share * 100)}%
        </progress>
      )}
      {upload && (
        <div className="row">
          <span className="quiet-text">{texts.read(upload.passages, bytes(upload.size))}</span>
          {upload.language && <Badge>{upload.language}</Badge>}
          {upload.same ? <Badge>{texts.same}</Badge> : upload.version && <Badge tone="warn">{texts.replaces}</Badge>}
          {upload.marks.length > 0 && <Badge tone="bad">{texts.marks(upload.marks.length)}</Badge>}
        </div>
      )}
      {upload && upload.marks.length > 0 && (
        <ul className="quiet-text">
          {upload.marks.slice(0, 3).map((mark, index) => (
            <li key={index} dir="auto">
              “{mark}”
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
