//! What is said about printing: on its button, and when there is no print.

use crate::devices::printer::PrintFault;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use crate::kiosk::model::printing::Printing;

/// The button's words; `print` before it was pressed.
pub fn print_label(printing: Printing, print: &'static dyn Message) -> &'static dyn Message {
    match printing {
        Printing::NotYet => print,
        Printing::Running(_) => &say::ReceiptPrinting,
        Printing::Done => &say::ReceiptPrinted,
        Printing::Failed(_) => &say::ReceiptPrintAgain,
    }
}

/// Why there is no print.
pub fn print_fault(fault: PrintFault) -> &'static dyn Message {
    match fault {
        PrintFault::PaperOut => &say::PrintPaperOut,
        PrintFault::CoverOpen => &say::PrintCoverOpen,
        PrintFault::Offline | PrintFault::KeepsCopies => &say::PrintOffline,
    }
}
