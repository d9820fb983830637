/** Every money figure a person can meet in the widgets; each has a label and a one-line formula in the catalogue. */
export type FigureName =
  | 'overdue'
  | 'open'
  | 'collected'
  | 'invoiced_net'
  | 'last_payment'
  | 'balance'
  | 'ageing'
  | 'verdict'
  | 'deal_amount'
  | 'quoted'
  | 'invoiced'
  | 'deal_collected'
  | 'left_to_invoice';

/** Figures with an (i) of their own. */
export type ExplainedFigure = Exclude<FigureName, 'balance'>;
