import { lazy, Suspense, type ComponentType } from "react";

interface Props {
  children: string;
  arriving?: boolean;
}

/** The words as they are, until they can be read as Markdown; or for good, when that could not be loaded. */
function Plain({ children }: Props) {
  return <p className="as-written">{children}</p>;
}

const load = async (): Promise<{ default: ComponentType<Props> }> => {
  try {
    return { default: (await import("./Markdown")).Markdown };
  } catch {
    return { default: Plain };
  }
};

const Loaded = lazy(load);

/** Call when the page stands: the first answer then does not wait for it. */
export const prepareMarkdown = (): void => void load();

/** Characters that are shown until then: to draw megabytes for a moment would take longer than the moment. */
const MEANWHILE = 4_000;

/** Markdown that is no part of the first load: nothing has to be read before something was said. */
export function LaterMarkdown({ children, arriving = false }: Props) {
  return (
    <Suspense fallback={<Plain>{children.slice(0, MEANWHILE)}</Plain>}>
      <Loaded arriving={arriving}>{children}</Loaded>
    </Suspense>
  );
}
