import type { ReactNode } from "react";

export interface IconProps {
  /** CSS pixels a side. */
  readonly size?: number;
}

/** Own small set, drawn on a grid of 24, in the colour of the text around it. */
function Icon({ size = 17, children }: IconProps & { readonly children: ReactNode }): ReactNode {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" width={size} height={size} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round">
      {children}
    </svg>
  );
}

function icon(drawing: ReactNode): (props: IconProps) => ReactNode {
  return (props) => <Icon {...props}>{drawing}</Icon>;
}

export const ProducerIcon = icon(
  <>
    <path d="M4 12h11M11 7l5 5-5 5" />
    <circle cx="20" cy="12" r="1.4" />
  </>,
);
export const TopicIcon = icon(
  <>
    <rect x="3" y="5" width="18" height="4" rx="1.5" />
    <rect x="3" y="10.5" width="18" height="4" rx="1.5" />
    <rect x="3" y="16" width="18" height="4" rx="1.5" />
  </>,
);
export const GroupIcon = icon(
  <>
    <rect x="3" y="4" width="18" height="16" rx="4" strokeDasharray="3 2.4" />
    <circle cx="9" cy="12" r="2" />
    <circle cx="15.5" cy="12" r="2" />
  </>,
);
export const ConsumerIcon = icon(
  <>
    <path d="M4 12h8" />
    <circle cx="16" cy="12" r="4" />
  </>,
);
export const QueueIcon = icon(
  <>
    <rect x="2" y="7" width="20" height="10" rx="5" />
    <circle cx="17.2" cy="12" r="1.8" />
    <circle cx="12" cy="12" r="1.8" />
  </>,
);
export const ExchangeIcon = icon(
  <>
    <circle cx="6" cy="12" r="3" />
    <path d="M9 12h4c3 0 3-6 7-6M13 12c3 0 3 6 7 6" />
  </>,
);
export const ReceiverIcon = icon(
  <>
    <path d="M20 12h-8" />
    <circle cx="8" cy="12" r="4" />
    <path d="m15 9-3 3 3 3" />
  </>,
);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const CloseIcon = icon(<path d="M6 6l12 12M18 6 6 18" />);
export const MoreIcon = icon(
  <>
    <circle cx="5" cy="12" r="1" />
    <circle cx="12" cy="12" r="1" />
    <circle cx="19" cy="12" r="1" />
  </>,
);
export const MenuIcon = icon(<path d="M4 7h16M4 12h16M4 17h16" />);
export const UndoIcon = icon(<path d="M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3" />);
export const RedoIcon = icon(<path d="m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3" />);
export const OutlineIcon = icon(<path d="M4 6h4M4 6v12h6M4 12h6M13 6h7M13 12h7M13 18h7" />);
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m16 16 4.5 4.5" />
  </>,
);
export const HelpIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M9.6 9.2a2.5 2.5 0 0 1 4.9.7c0 1.7-2.5 2.2-2.5 3.7M12 17h.01" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4" />
  </>,
);
export const MoonIcon = icon(<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z" />);
export const StepBackIcon = icon(<path d="M5.5 5v14M19 5 9 12l10 7z" />);
export const StartOverIcon = icon(<path d="M4.5 5v5.5H10M5 10.5A8 8 0 1 1 4 14" />);
export const StepForwardIcon = icon(<path d="M18.5 5v14M5 5l10 7-10 7z" />);
export const ExternalIcon = icon(<path d="M8 16 17 7M9.5 7H17v7.5" />);
export const CopyIcon = icon(
  <>
    <rect x="9" y="9" width="11" height="11" rx="2.5" />
    <path d="M15 5.5A1.5 1.5 0 0 0 13.5 4h-8A1.5 1.5 0 0 0 4 5.5v8A1.5 1.5 0 0 0 5.5 15" />
  </>,
);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const OnwardIcon = icon(<path d="M4 12h14M12.5 6l6 6-6 6" />);
export const WarningIcon = icon(<path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17.3h.01" />);

export function PlayIcon({ size = 16 }: IconProps): ReactNode {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" width={size} height={size} fill="currentColor">
      <path d="M4 2.3v11.4a.6.6 0 0 0 .92.5l8.6-5.7a.6.6 0 0 0 0-1L4.92 1.8A.6.6 0 0 0 4 2.3z" />
    </svg>
  );
}

export function PauseIcon({ size = 16 }: IconProps): ReactNode {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" width={size} height={size} fill="currentColor">
      <rect x="3" y="2" width="3.8" height="12" rx="1.2" />
      <rect x="9.2" y="2" width="3.8" height="12" rx="1.2" />
    </svg>
  );
}
/** To the full width below, and back. */
export const UnfoldIcon = icon(
  <>
    <rect x="3.5" y="4.5" width="17" height="15" rx="2.5" />
    <path d="M3.5 13h17" />
  </>,
);
export const FoldIcon = icon(
  <>
    <rect x="3.5" y="4.5" width="17" height="15" rx="2.5" />
    <path d="M15 4.5v15" />
  </>,
);
export const FartherIcon = icon(<path d="M5 12h14" />);
export const FitIcon = icon(<path d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15" />);
export const TidyIcon = icon(
  <>
    <rect x="4" y="4" width="6" height="6" rx="1.5" />
    <rect x="4" y="14" width="6" height="6" rx="1.5" />
    <path d="M14 7h6M14 17h6" />
  </>,
);
