import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { EmptyState } from "../../shared/console/EmptyState";
import { Choice, Field } from "../../shared/console/Field";
import { ago } from "../../shared/console/format";
import { Loaded } from "../../shared/console/Loaded";
import { setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { Hits } from "./Hits";
import { RouteTold } from "./RouteTold";
import { keys, knowledge, type Status } from "./useKnowledge";

/** A question as somebody may ask it: what is found, with scores; what the bot would do; and what another version had. */
export function TrySearch({ bot, status }: { bot: string; status: Status | undefined }) {
  const texts = consoleText.knowledge.search;
  const address = useSearch();
  const asked = address.get("q") ?? "";
  const other = address.get("other") ?? "";
  const label = address.get("label") ?? "";
  const [question, setQuestion] = useState(asked);
  const access = label ? [label] : [];
  const now = useQuery({
    queryKey: [...keys.all(bot), "search", asked, label, status?.snapshot],
    enabled: asked !== "",
    queryFn: ({ signal }) => knowledge.search(bot, asked, "", true, access, signal),
  });
  const then = useQuery({
    queryKey: [...keys.all(bot), "search", asked, label, "at", other],
    enabled: asked !== "" && other !== "",
    queryFn: ({ signal }) => knowledge.search(bot, asked, other, false, access, signal),
  });
  const versions = useQuery({
    queryKey: [...keys.all(bot), "snapshots"],
    queryFn: ({ signal }) => knowledge.snapshots(bot, signal),
  });
  const earlier = (versions.data?.snapshots ?? []).filter((each) => !each.current);
  const search = (event: FormEvent): void => {
    event.preventDefault();
    if (question.trim() === asked) void now.refetch();
    setSearch({ q: question.trim() });
  };
  return (
    <div className="stack">
      <form className="filters" role="search" onSubmit={search}>
        <div className="grow">
          <Field label={texts.label}>
            {(ids) => (
              <input
                className="input"
                type="search"
                required
                maxLength={2000}
                value={question}
                placeholder={texts.placeholder}
                onChange={(event) => setQuestion(event.target.value)}
                {...ids}
              />
            )}
          </Field>
        </div>
        {status && status.labels.length > 0 && (
          <Field label={texts.as}>
            {(ids) => (
              <Choice
                ids={ids}
                value={label}
                options={[["", texts.everybody], ...status.labels.map((each) => [each, each] as const)]}
                onChange={(next) => setSearch({ label: next })}
              />
            )}
          </Field>
        )}
        {earlier.length > 0 && (
          <Field label={texts.compare}>
            {(ids) => (
              <Choice
                ids={ids}
                value={earlier.some((each) => each.id === other) ? other : ""}
                options={[
                  ["", consoleText.shell.none],
                  ...earlier.map((each) => [each.id, `${ago(each.made)} (${each.id})`] as const),
                ]}
                onChange={(next) => setSearch({ other: next })}
              />
            )}
          </Field>
        )}
        <button type="submit" className="button primary" disabled={question.trim() === ""}>
          {texts.ask}
        </button>
      </form>
      {asked === "" ? (
        <EmptyState title={texts.empty} text={texts.emptyText} />
      ) : (
        <>
          <Loaded query={now}>
            {(found) => (
              <>
                {found.route && <RouteTold route={found.route} />}
                <div className={other ? "compared" : "stack"}>
                  <section aria-label={texts.now}>
                    <h2 className="small-title">
                      {other ? texts.now : texts.found(found.hits.length, found.passages)}
                    </h2>
                    <Hits found={found} />
                  </section>
                  {other && (
                    <section aria-label={texts.then}>
                      <h2 className="small-title">{texts.then}</h2>
                      <Loaded query={then}>{(old) => <Hits found={old} />}</Loaded>
                    </section>
                  )}
                </div>
              </>
            )}
          </Loaded>
        </>
      )}
    </div>
  );
}
