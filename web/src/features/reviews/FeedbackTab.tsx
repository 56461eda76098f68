import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { DataTable, type Column } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { Choice, Field } from "../../shared/console/Field";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { Section } from "../../shared/console/Page";
import { Pager } from "../../shared/console/Pager";
import { ago, number, percent } from "../../shared/console/format";
import { offsetOf } from "../../shared/console/paging";
import { setSearch, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { NEW_CONVERSATION } from "../../shared/paths";
import type { components } from "../../shared/schema";
import { Icon } from "../../shared/ui/Icon";
import { nameOf, useNames, type Names } from "./names";
import { RatersTable } from "./RatersTable";
import type { FeedbackKind } from "./types";

type Row = components["schemas"]["FeedbackRow"];

const SIZE = 50;
const KINDS: readonly FeedbackKind[] = ["", "up", "down", "score", "comment", "correction", "flagged"];

/** Everything that was said, and who said it. */
export function FeedbackTab({ bot }: { bot: string }) {
  const text = consoleText.reviews;
  const search = useSearch();
  const names = useNames(bot);
  const said = KINDS.find((each) => each === search.get("said")) ?? "";
  const rater = search.get("rater") ?? "";
  const offset = offsetOf(search.get("from"), SIZE);
  const query = useQuery({
    queryKey: ["console", bot, "reviews", "feedback", said, rater, offset],
    queryFn: ({ signal }) =>
      call(client.GET("/api/feedback", { params: { query: { bot, said, rater, limit: SIZE, offset } }, signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <p className="page-about">{text.feedbackAbout}</p>
      <div className="filters">
        <Field label={text.kindLabel}>
          {(ids) => (
            <Choice
              ids={ids}
              value={said}
              options={KINDS.map((each) => [each, text.feedbackKinds[each]])}
              onChange={(next) => setSearch({ said: next, from: null })}
            />
          )}
        </Field>
        {rater && (
          <button type="button" className="button" onClick={() => setSearch({ rater: null, from: null })}>
            {nameOf(rater, names)} – {text.everybody}
          </button>
        )}
      </div>
      <Loaded query={query}>
        {(data) => (
          <>
            <DataTable
              caption={text.feedbackTable}
              columns={columns(names)}
              rows={data.feedback}
              rowKey={(row) => row.id}
              empty={
                data.raters > 0 ? (
                  <EmptyState title={text.noneTitle} text={text.noneText} />
                ) : (
                  <EmptyState
                    title={text.noFeedbackTitle}
                    text={text.noFeedbackText}
                    action={
                      <Link className="button" to={NEW_CONVERSATION}>
                        {text.toChat}
                      </Link>
                    }
                  />
                )
              }
            />
            <Pager
              offset={offset}
              size={SIZE}
              total={data.total}
              onChange={(next) => setSearch({ from: String(next) })}
            />
            {data.raters > 0 && (
              <Section title={text.ratersTitle}>
                <RatersTable bot={bot} names={names} total={data.raters} />
              </Section>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

function columns(names: Names): Column<Row>[] {
  const text = consoleText.reviews;
  const hidden = <span className="quiet-text">({text.hidden})</span>;
  const words = (value: string | null) =>
    value === null ? (
      hidden
    ) : (
      <span className="clamped" dir="auto">
        {value}
      </span>
    );
  return [
    { key: "when", header: text.when, cell: (row) => ago(row.updated_at) },
    {
      key: "said",
      header: text.kindLabel,
      cell: (row) => (
        <span className="row">
          {row.thumb && <Icon name={row.thumb} size={16} />}
          <span className={row.thumb ? "visually-hidden" : ""}>
            {row.thumb ? text[row.thumb] : row.score === null ? "–" : percent(row.score)}
          </span>
          {row.thumb && row.score !== null && number(row.score, 2)}
        </span>
      ),
    },
    { key: "question", header: text.columns.question, wide: true, cell: (row) => words(row.question) },
    { key: "comment", header: text.comment, wide: true, cell: (row) => words(row.comment) },
    { key: "correction", header: text.correction, wide: true, cell: (row) => words(row.correction) },
    {
      key: "rater",
      header: text.rater,
      cell: (row) => (
        <button type="button" className="link-button" onClick={() => setSearch({ rater: row.rater, from: null })}>
          {nameOf(row.rater, names)}
        </button>
      ),
    },
    {
      key: "flags",
      header: text.against,
      cell: (row) =>
        row.flags.map((flag) => (
          <Badge key={flag} tone="warn">
            {text.flagNames[flag] ?? flag}
          </Badge>
        )),
    },
  ];
}
