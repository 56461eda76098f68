import type { ComponentProps } from "react";
import { Icon, type IconName } from "./Icon";

type Props = ComponentProps<"button"> & { icon: IconName; label: string; size?: number };

/** A button that shows only an icon; its label is its name and its tooltip. */
export function IconButton({ icon, label, size, className, ...rest }: Props) {
  return (
    <button
      type="button"
      className={className ? `icon-button ${className}` : "icon-button"}
      aria-label={label}
      title={label}
      {...rest}
    >
      <Icon name={icon} {...(size ? { size } : {})} />
    </button>
  );
}
