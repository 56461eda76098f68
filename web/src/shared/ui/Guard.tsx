import { Component, type ReactNode } from "react";

interface Props {
  children: ReactNode;
  /** Shown instead when drawing the children fails. */
  fallback: ReactNode;
  /** With another one they are tried anew. */
  of: string;
}

/** Keeps a defect where it is: one message or one area is missing, and not the page. */
export class Guard extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.of !== this.props.of) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
