//! What a layout means: moves, batches, reasons, candidates, deferrals.
