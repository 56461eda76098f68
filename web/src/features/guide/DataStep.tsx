import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "../../shared/api";
import { Field } from "../../shared/console/Field";
import { WorkNote } from "../../shared/console/WorkNote";
import { consoleText } from "../../shared/messages/console/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { api, bringInTurn, guideKey, type Guide } from "./api";
import { Files } from "./Files";
import { Imported } from "./Imported";

/** Brings conversations and documents, and shows as what they were read. */
export function DataStep({ bot, guide, onDone }: { bot: string; guide: Guide; onDone: () => void }) {
  const words = consoleText.guide;
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState(0);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [me, setMe] = useState("");
  const refresh = () => queries.invalidateQueries({ queryKey: guideKey(bot) });
  const reading = guide.work?.kind === "import";

  async function bring(files: readonly File[]): Promise<void> {
    setProblems([]);
    setWaiting(files.length);
    for (const file of files) {
      try {
        await bringInTurn(bot, file, me.trim());
      } catch (problem) {
        setProblems((before) => [...before, words.notUploaded(file.name, messageOf(problem))]);
      }
      setWaiting((before) => before - 1);
      await refresh();
    }
  }

  async function sample(): Promise<void> {
    setProblems([]);
    try {
      await api.sample(bot);
      await refresh();
    } catch (problem) {
      setProblems([messageOf(problem)]);
    }
  }

  return (
    <div className="stack">
      <p className="page-about">{words.dataAbout}</p>
      <div className="guide-two">
        <Field label={words.bring} hint={words.kinds(guide.accepted.join(" "))}>
          {(ids) => (
            <input
              className="input"
              type="file"
              multiple
              accept={guide.accepted.join(",")}
              disabled={waiting > 0}
              onChange={(event) => {
                const files = [...(event.target.files ?? [])];
                event.target.value = "";
                void bring(files);
              }}
              {...ids}
            />
          )}
        </Field>
        <Field label={words.me} hint={words.meHint}>
          {(ids) => (
            <input
              className="input"
              value={me}
              maxLength={200}
              onChange={(event) => setMe(event.target.value)}
              {...ids}
            />
          )}
        </Field>
      </div>
      {waiting > 0 && (
        <p role="status" className="quiet-text">
          {words.waiting(waiting)}
        </p>
      )}
      {problems.map((problem) => (
        <ErrorPanel key={problem} message={problem} />
      ))}
      {guide.imports.map((work) => (
        <WorkNote key={work.id} bot={bot} work={work} then={guideKey(bot)} may={work.state === "running"}>
          {(done) => <Imported work={done} />}
        </WorkNote>
      ))}
      {guide.files.length > 0 ? (
        <Files bot={bot} guide={guide} />
      ) : (
        <div className="row">
          <button type="button" className="button" disabled={reading || waiting > 0} onClick={() => void sample()}>
            {words.sample}
          </button>
          <span className="quiet-text">{words.sampleAbout}</span>
        </div>
      )}
      <div className="row">
        <button
          type="button"
          className="button primary"
          disabled={guide.files.length === 0 || reading || waiting > 0}
          onClick={onDone}
        >
          {words.next}
        </button>
      </div>
    </div>
  );
}
