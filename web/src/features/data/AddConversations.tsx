import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ApiError, messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { bytes } from "../../shared/console/format";
import { Sheet } from "../../shared/console/Sheet";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { PreviewShown } from "./PreviewShown";
import { ReadingForm } from "./ReadingForm";
import { data, keys, type Preview, type Reading } from "./useData";

interface Props {
  bot: string;
  open: boolean;
  onClose: () => void;
  /** The id of the import that was started. */
  onTaken: (work: string) => void;
}

const START = { format: "", me: [], date_order: "", columns: {}, evaluation: false } as const;

/** A file is sent; its format and first conversations are shown; then it is taken, unchanged. */
export function AddConversations({ bot, open, onClose, onTaken }: Props) {
  const texts = consoleText.data.add;
  const [share, setShare] = useState<number | null>(null);
  const [reading, setReading] = useState<Reading | null>(null);
  const [name, setName] = useState("");
  const [preview, setPreview] = useState<Preview | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const stop = useRef<AbortController>(null);
  const files = useQuery({
    queryKey: [...keys.all(bot), "files"],
    enabled: open,
    queryFn: ({ signal }) => data.files(bot, signal),
  });

  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (problem) {
      if (!stop.current?.signal.aborted) setError(messageOf(problem));
    } finally {
      setBusy(false);
      setShare(null);
    }
  }

  const look = (wanted: Reading) =>
    attempt(async () => {
      setReading(wanted);
      setPreview(await data.preview(bot, wanted));
    });

  const send = (file: File) =>
    attempt(async () => {
      forget();
      if (files.data && file.size > files.data.largest)
        throw new ApiError(texts.tooLarge(bytes(files.data.largest)), 413);
      stop.current = new AbortController();
      setName(file.name);
      setShare(0);
      const sent = await data.upload(bot, file, setShare, stop.current.signal);
      const wanted: Reading = { ...START, me: [], columns: {}, upload: sent.id };
      setReading(wanted);
      setShare(null);
      setPreview(await data.preview(bot, wanted));
    });

  function forget(): void {
    stop.current?.abort();
    stop.current = null;
    if (reading) void data.discard(bot, reading.upload).catch(() => undefined);
    setReading(null);
    setPreview(null);
  }

  function close(): void {
    forget();
    setError(null);
    setName("");
    onClose();
  }

  const take = () =>
    attempt(async () => {
      if (!reading) return;
      const work = await data.take(bot, reading);
      setReading(null);
      setPreview(null);
      setName("");
      onTaken(work.id);
    });

  const usable = preview !== null && preview.kept > 0 && !preview.problem && !preview.document;
  return (
    <Sheet open={open} onOpenChange={(next) => !next && close()} title={texts.open} about={texts.about}>
      <div className="stack">
        <Field
          label={texts.file}
          hint={files.data && texts.limits(files.data.endings.join(" "), bytes(files.data.largest))}
        >
          {(ids) => (
            <input
              className="input"
              type="file"
              accept={files.data?.endings.join(",")}
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                if (file) void send(file);
              }}
              {...ids}
            />
          )}
        </Field>
        {share !== null && <progress value={share} max={1} aria-label={texts.progress(name)} />}
        {busy && share === null && (
          <p className="quiet-text" role="status">
            {texts.looking}
          </p>
        )}
        {error && <ErrorPanel message={error} />}
        {preview && reading && (
          <>
            <ReadingForm
              reading={reading}
              preview={preview}
              formats={files.data?.formats ?? []}
              onChange={(next) => void look(next)}
            />
            <PreviewShown preview={preview} />
            <div className="form-actions end">
              <button type="button" className="button" onClick={close}>
                {consoleText.shell.cancel}
              </button>
              <button type="button" className="button primary" disabled={busy || !usable} onClick={() => void take()}>
                {texts.take}
              </button>
            </div>
          </>
        )}
      </div>
    </Sheet>
  );
}
