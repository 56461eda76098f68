import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type DragEvent } from "react";
import { Badge } from "../../shared/console/Badge";
import { DataTable, type Column } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { Choice, Field, Switch } from "../../shared/console/Field";
import { ago, bytes, number } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { Loaded } from "../../shared/console/Loaded";
import { consoleText } from "../../shared/messages/console/text";
import { DeleteDocuments } from "./DeleteDocuments";
import { keys, knowledge, type Document, type Order, type Status } from "./useKnowledge";

interface Props {
  bot: string;
  mayEdit: boolean;
  status: Status | undefined;
  onFiles: (files: readonly File[]) => void;
}

const STEP = 50;

export function DocumentsTab({ bot, mayEdit, status, onFiles }: Props) {
  const texts = consoleText.knowledge.documents;
  const [search, setSearch] = useState("");
  const [trouble, setTrouble] = useState(false);
  const [order, setOrder] = useState<Order>("name");
  const [limit, setLimit] = useState(STEP);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [deleting, setDeleting] = useState<readonly string[] | null>(null);
  const list = useQuery({
    // The snapshot is part of what is asked: another process may have read something new.
    queryKey: [...keys.all(bot), "documents", search, trouble, order, limit, status?.snapshot, status?.problems],
    queryFn: ({ signal }) => knowledge.documents(bot, search, trouble, order, limit, signal),
    placeholderData: keepPreviousData,
  });
  const orders = (["name", "newest", "passages"] as const).map((each) => [each, texts.orders[each]] as const);
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    if (mayEdit && event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files]);
  };
  return (
    <div onDragOver={(event) => event.preventDefault()} onDrop={dropped}>
      <div className="filters">
        <Field label={texts.search}>
          {(ids) => (
            <input
              className="input"
              type="search"
              value={search}
              onChange={(event) => {
                setSearch(event.target.value);
                setLimit(STEP);
              }}
              {...ids}
            />
          )}
        </Field>
        <Field label={texts.order}>
          {(ids) => <Choice value={order} options={orders} onChange={setOrder} ids={ids} />}
        </Field>
        <Switch label={texts.trouble} checked={trouble} onChange={setTrouble} />
        {mayEdit && chosen.size > 0 && (
          <button type="button" className="button danger" onClick={() => setDeleting([...chosen])}>
            {texts.delete(chosen.size)}
          </button>
        )}
      </div>
      <Loaded query={list}>
        {(found) => (
          <DataTable
            caption={texts.caption}
            columns={columns()}
            rows={found.documents}
            rowKey={(row) => row.name}
            {...(mayEdit
              ? { selection: { chosen, onChange: (next) => setChosen(filesOf(next, found.documents)) } }
              : {})}
            onMore={found.documents.length < found.total && limit < 200 ? () => setLimit(200) : undefined}
            busy={list.isFetching}
            empty={
              found.all === 0 ? (
                <EmptyState title={texts.none} text={texts.noneText} />
              ) : (
                <EmptyState title={texts.noneFit} text={texts.noneFitText} />
              )
            }
          />
        )}
      </Loaded>
      {list.data && list.data.total > 200 && <p className="quiet-text">{texts.narrow(list.data.total)}</p>}
      <DeleteDocuments
        bot={bot}
        names={deleting}
        onClose={() => setDeleting(null)}
        onDone={() => setChosen(new Set())}
      />
    </div>
  );
}

/** Pages of the web are taken off with their address, not one by one. */
const filesOf = (chosen: ReadonlySet<string>, documents: readonly Document[]): ReadonlySet<string> =>
  new Set(documents.filter((each) => chosen.has(each.name) && each.kind === "file").map((each) => each.name));

function columns(): Column<Document>[] {
  const texts = consoleText.knowledge.documents;
  return [
    {
      key: "title",
      header: texts.document,
      wide: true,
      cell: (row) => (
        <>
          <Link to={openAt(row.name)} dir="auto">
            {row.title}
          </Link>
          <p className="quiet-text break" dir="auto">
            {row.name}
          </p>
          {row.problem && <p className="field-error">{row.problem}</p>}
        </>
      ),
    },
    {
      key: "notes",
      header: texts.notes,
      cell: (row) => (
        <span className="row">
          {row.marks > 0 && <Badge tone="bad">{texts.marks(row.marks)}</Badge>}
          {row.twin && <Badge tone="warn">{texts.twin}</Badge>}
          {row.label && <Badge tone="info">{row.label}</Badge>}
          {row.kind !== "file" && <Badge>{texts.kinds[row.kind]}</Badge>}
          {row.language && <Badge>{row.language}</Badge>}
        </span>
      ),
    },
    { key: "passages", header: texts.passages, numeric: true, cell: (row) => number(row.passages) },
    { key: "cited", header: texts.cited, numeric: true, cell: (row) => number(row.cited) },
    { key: "size", header: texts.size, numeric: true, cell: (row) => (row.size ? bytes(row.size) : "") },
    { key: "at", header: texts.at, cell: (row) => (row.at ? <span className="nowrap">{ago(row.at)}</span> : "") },
  ];
}

function openAt(name: string): string {
  const search = new URLSearchParams(window.location.search);
  search.set("document", name);
  return `${window.location.pathname}?${search.toString()}`;
}
