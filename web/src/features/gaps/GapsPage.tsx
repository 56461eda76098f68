import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { EmptyState } from "../../shared/console/EmptyState";
import { Choice, Field } from "../../shared/console/Field";
import { Loaded } from "../../shared/console/Loaded";
import { Page } from "../../shared/console/Page";
import { number } from "../../shared/console/format";
import { setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import type { components } from "../../shared/schema";
import { GapCard } from "./GapCard";
import "./gaps.css";

interface Props {
  /** What follows the page's name in the address. */
  rest: string;
  bot: string;
}

type Gap = components["schemas"]["GapValue"];

const PERIODS = ["7", "30", "90", "365"] as const;
const KINDS = ["all", "refused", "disliked", "unsure"] as const;
const MOST = 200;

export function GapsPage({ bot }: Props) {
  const text = consoleText.gaps;
  const search = useSearch();
  const days = PERIODS.find((each) => each === search.get("days")) ?? "30";
  const kind = KINDS.find((each) => each === search.get("kind")) ?? "all";
  const query = useQuery({
    queryKey: ["console", bot, "gaps", days],
    queryFn: ({ signal }) =>
      call(client.GET("/api/knowledge/gaps", { params: { query: { bot, days: Number(days), most: MOST } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const fits = (gap: Gap): boolean => kind === "all" || gap[kind] > 0;
  return (
    <Page title={text.title} about={text.about}>
      <div className="filters">
        <Field label={text.days}>
          {(ids) => (
            <Choice
              ids={ids}
              value={days}
              options={PERIODS.map((each) => [each, text.periods[each]])}
              onChange={(next) => setSearch({ days: next === "30" ? null : next })}
            />
          )}
        </Field>
        <Field label={text.kindLabel}>
          {(ids) => (
            <Choice
              ids={ids}
              value={kind}
              options={KINDS.map((each) => [each, text.kinds[each]])}
              onChange={(next) => setSearch({ kind: next === "all" ? null : next })}
            />
          )}
        </Field>
      </div>
      <Loaded query={query}>
        {(report) => {
          const shown = report.gaps.filter(fits);
          return (
            <>
              <p className="quiet-text gaps-summary" role="status">
                {text.summary(report.questions, number(report.answered_well))}{" "}
                {report.unquoted > 0 && text.unquoted(report.unquoted)}{" "}
                {report.total > report.gaps.length && text.shown(number(report.gaps.length), number(report.total))}
              </p>
              {shown.length === 0 ? (
                <EmptyState
                  title={report.gaps.length > 0 ? text.noneTitle : text.emptyTitle}
                  text={report.gaps.length > 0 ? text.noneText : text.emptyText}
                />
              ) : (
                <ol className="gaps">
                  {shown.map((gap) => (
                    <li key={`${gap.last_at} ${gap.examples[0]}`}>
                      <GapCard gap={gap} />
                    </li>
                  ))}
                </ol>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
