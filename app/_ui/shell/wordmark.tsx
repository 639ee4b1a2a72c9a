import Link from "next/link";
import classes from "./shell.module.css";

/** A finder pattern whose fourth corner breaks into coloured tiles: a code that turns into a picture. */
export function Logo({ size = 34 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path
        className={classes.ink}
        fillRule="evenodd"
        d="M7 1h18a6 6 0 0 1 6 6v9h-5V8a2 2 0 0 0-2-2H8a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h8v5H7a6 6 0 0 1-6-6V7a6 6 0 0 1 6-6Z"
      />
      <rect className={classes.ink} x="9.5" y="9.5" width="9" height="9" rx="2.4" />
      <rect x="20" y="20" width="5" height="5" rx="1.3" fill="#f0622f" />
      <rect x="26" y="18.5" width="5" height="5" rx="1.3" fill="#1c9a8f" />
      <rect x="18.5" y="26" width="5" height="5" rx="1.3" fill="#f4b63f" />
      <rect x="25.5" y="25.5" width="5.5" height="5.5" rx="1.4" fill="#5a7fd6" />
    </svg>
  );
}

/** Logo and name, leading home. */
export function Wordmark() {
  return (
    <Link href="/" className={classes.wordmark}>
      <Logo />
      <span className={classes.name}>
        Mosaiq <em>Studio</em>
      </span>
    </Link>
  );
}
