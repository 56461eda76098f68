import { messageOf } from "../../shared/api";
import { Badge } from "../../shared/console/Badge";
import { DataTable, type Column } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { ago, day, number } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { Page } from "../../shared/console/Page";
import { Sheet } from "../../shared/console/Sheet";
import { navigate, useSearch } from "../../shared/location";
import { consoleText } from "../../shared/messages/console/text";
import { text } from "../../shared/messages/text";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { OneTalk } from "./OneTalk";
import { TalkFilters } from "./TalkFilters";
import { useFarther } from "./useFarther";
import { exportPath, filtersOf, useTalks, type Filters, type TalkSummary } from "./useTalks";
import "./everybody.css";

interface Props {
  /** What follows the page's name in the address. */
  rest: string;
  bot: string;
}

const place = (id = ""): string =>
  `/console/conversations${id && `/${encodeURIComponent(id)}`}${window.location.search}`;

/** Everybody's conversations; the one of the address in a panel over the list. */
export function ConversationsPage({ rest, bot }: Props) {
  const filters = filtersOf(useSearch());
  const words = consoleText.conversations;
  const id = decodeURIComponent(rest);
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <a className="button" href={exportPath(bot, filters)} download>
          {words.export}
        </a>
      }
    >
      <TalkFilters bot={bot} filters={filters} />
      <Talks bot={bot} filters={filters} current={id} />
      <Sheet open={id !== ""} onOpenChange={(open) => !open && navigate(place())} title={words.what}>
        {id && <OneTalk bot={bot} id={id} />}
      </Sheet>
    </Page>
  );
}

function Talks({ bot, filters, current }: { bot: string; filters: Filters; current: string }) {
  const query = useTalks(bot, filters);
  const words = consoleText.conversations;
  const pages = query.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.conversations);
  const reached = pages.at(-1)?.reached;
  useFarther(rows.length, pages.length, query.hasNextPage && !query.isFetching, query.fetchNextPage);
  if (query.isPending)
    return (
      <p className="loading" role="status">
        {consoleText.shell.loading}
      </p>
    );
  if (query.isError && !query.data)
    return <ErrorPanel message={messageOf(query.error)} onRetry={() => void query.refetch()} />;
  const filtered = Object.keys(filters).length > 0;
  return (
    <>
      <DataTable
        caption={words.list}
        columns={columns()}
        rows={rows}
        rowKey={(talk) => talk.id}
        current={current}
        onMore={query.hasNextPage && !reached ? () => void query.fetchNextPage() : undefined}
        busy={query.isFetching}
        empty={
          <EmptyState
            title={filtered ? words.nothing : words.none}
            text={filtered ? words.nothingText : words.noneText}
          />
        }
      />
      {query.isFetchNextPageError && <ErrorPanel message={messageOf(query.error)} />}
      {query.hasNextPage && reached && (
        <p className="row further">
          {words.reached(day(reached))}
          <button
            type="button"
            className="button"
            disabled={query.isFetching}
            onClick={() => void query.fetchNextPage()}
          >
            {words.further}
          </button>
        </p>
      )}
    </>
  );
}

function columns(): readonly Column<TalkSummary>[] {
  const words = consoleText.conversations;
  return [
    { key: "when", header: words.when, cell: (talk) => <span className="when">{ago(talk.updated_at)}</span> },
    {
      key: "what",
      header: words.what,
      wide: true,
      cell: (talk) => (
        <>
          <Link to={place(talk.id)}>{talk.title || words.untitled}</Link>
          <p className="quiet">{[talk.visitor, talk.channel, talk.language].filter(Boolean).join(" · ")}</p>
        </>
      ),
    },
    { key: "messages", header: words.messages, numeric: true, cell: (talk) => number(talk.messages) },
    { key: "about", header: words.route, cell: (talk) => <Badges talk={talk} /> },
  ];
}

function Badges({ talk }: { talk: TalkSummary }) {
  const words = consoleText.conversations;
  return (
    <span className="row badges">
      {talk.routes.map((route) => (
        <Badge key={route} tone={route === "refused" ? "warn" : "plain"}>
          {text.routes[route].label}
        </Badge>
      ))}
      {talk.ups > 0 && <Badge tone="good">{words.ups(talk.ups)}</Badge>}
      {talk.downs > 0 && <Badge tone="bad">{words.downs(talk.downs)}</Badge>}
      {talk.person && <Badge tone="info">{words.withPerson}</Badge>}
    </span>
  );
}
