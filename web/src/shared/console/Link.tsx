import type { ComponentProps } from "react";
import { navigate } from "../location";

type Props = Omit<ComponentProps<"a">, "href"> & { to: string };

/** A link within the app: a plain click does not load the page again; all others do what the browser does. */
export function Link({ to, onClick, ...rest }: Props) {
  return (
    <a
      {...rest}
      href={to}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || event.button !== 0) return;
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigate(to);
      }}
    />
  );
}
