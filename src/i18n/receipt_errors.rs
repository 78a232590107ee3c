//! Why a receipt's text is not valid, said in one sentence.

use super::messages as say;
use super::messages::Message;
use crate::receipt::signing::ReceiptError;

/// The sentence for whoever holds the receipt.
pub fn sentence(error: ReceiptError) -> &'static dyn Message {
    match error {
        ReceiptError::NotAReceipt => &say::VerifyNotAReceipt,
        ReceiptError::Damaged => &say::VerifyDamaged,
        ReceiptError::WrongSignature => &say::VerifyWrongSignature,
        ReceiptError::WrongClaims => &say::VerifyWrongClaims,
    }
}
