// Stands in for the package `react-style-singleton` (see vite.config.ts). That one adds a style element, which a strict
// content security policy forbids; this one adds a sheet that was made by code, which may do no harm that code could not.
import { useEffect, useState } from "react";

/** A style sheet of the document that is there as long as somebody needs it. */
export function stylesheetSingleton() {
  let users = 0;
  let sheet: CSSStyleSheet | null = null;
  return {
    add(style: string): void {
      if (users++ > 0) return;
      sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },
    remove(): void {
      if (--users > 0) return;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
      sheet = null;
    },
  };
}

export function styleHookSingleton() {
  const sheet = stylesheetSingleton();
  return (styles: string, dynamic?: boolean): void => {
    const [first] = useState(styles);
    const used = dynamic ? styles : first;
    useEffect(() => {
      sheet.add(used);
      return () => sheet.remove();
    }, [used]);
  };
}

/** A component that applies a style while it is mounted. */
export function styleSingleton() {
  const useStyle = styleHookSingleton();
  return function Sheet({ styles, dynamic }: { styles: string; dynamic?: boolean }): null {
    useStyle(styles, dynamic);
    return null;
  };
}
