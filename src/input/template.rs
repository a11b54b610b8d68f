//! Empty workbook.
