import { DataTable } from "../../shared/console/DataTable";
import { EmptyState } from "../../shared/console/EmptyState";
import { number } from "../../shared/console/format";
import { Link } from "../../shared/console/Link";
import { Section } from "../../shared/console/Page";
import { consoleText } from "../../shared/messages/console/text";
import type { Release } from "./api";

/** What a release learned from: rows by source, corrections by person, the releases before it. */
export function Lineage({ release }: { release: Release }) {
  const words = consoleText.releases;
  const { lineage } = release;
  if (!lineage) return <EmptyState title={words.noLineage} text="" />;
  return (
    <>
      <p>{words.rows(number(lineage.rows), number(lineage.held_out))}</p>
      {lineage.chain.length > 0 && (
        <p>
          {words.chain}{" "}
          {lineage.chain.map((id) => (
            <Link key={id} to={`/console/releases/${encodeURIComponent(id)}`}>
              {id}
            </Link>
          ))}
        </p>
      )}
      {lineage.missing.length > 0 && <p className="quiet-text">{`${words.missing}: ${lineage.missing.join(", ")}`}</p>}
      <Section title={words.sources}>
        <Counts caption={words.sources} names={words.sourceColumns} first="source" counts={lineage.sources} />
      </Section>
      {Object.keys(lineage.raters).length > 0 && (
        <Section title={words.raters}>
          <Counts caption={words.raters} names={words.raterColumns} first="rater" counts={lineage.raters} />
        </Section>
      )}
    </>
  );
}

interface CountsProps<First extends string> {
  caption: string;
  names: Record<First | "rows", string>;
  first: First;
  counts: Record<string, number>;
}

function Counts<First extends string>({ caption, names, first, counts }: CountsProps<First>) {
  return (
    <DataTable
      caption={caption}
      rows={Object.entries(counts)}
      rowKey={([name]) => name}
      columns={[
        { key: "name", header: names[first], wide: true, cell: ([name]) => name || "–" },
        { key: "rows", header: names.rows, numeric: true, cell: ([, n]) => number(n) },
      ]}
    />
  );
}

/** How its model is copied out for other programs. */
export function Exports({ release }: { release: Release }) {
  const words = consoleText.releases;
  if (release.exports.length === 0) return <EmptyState title={words.tabs.export} text={words.noLineage} />;
  return (
    <div className="stack">
      <p>{words.exportAbout}</p>
      <DataTable
        caption={words.tabs.export}
        rows={release.exports}
        rowKey={(row) => row.format}
        columns={[
          { key: "format", header: words.exportColumns.format, cell: (row) => row.format },
          {
            key: "command",
            header: words.exportColumns.command,
            wide: true,
            cell: (row) => <code className="code">{row.command}</code>,
          },
          {
            key: "use",
            header: words.exportColumns.use,
            wide: true,
            cell: (row) => <code className="code">{row.use}</code>,
          },
        ]}
      />
    </div>
  );
}
