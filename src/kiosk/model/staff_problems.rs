//! What staff are told when the service does not let them in, or do something: a sentence a code.

use crate::api::problem::Code;
use crate::i18n::messages as say;
use crate::i18n::messages::Message;

/// The sentence of a code that is about staff; `None` of any other.
pub fn sentence(code: Code) -> Option<&'static dyn Message> {
    Some(match code {
        Code::StaffUnknown => &say::StaffUnknown,
        Code::StaffElsewhere => &say::StaffElsewhere,
        Code::StaffWithdrawn => &say::StaffWithdrawn,
        Code::RightMissing => &say::StaffRightMissing,
        Code::NotACounter => &say::StaffNotACounter,
        Code::CertificateExpired => &say::StaffExpired,
        Code::CertificateNotYetValid => &say::StaffNotYetValid,
        Code::CertificateRevoked => &say::StaffRevoked,
        Code::CertificateForeign => &say::StaffForeign,
        Code::CertificateUnusable => &say::StaffUnusable,
        Code::ChallengeOver => &say::StaffChallengeOver,
        Code::SignatureWrong => &say::StaffSignatureWrong,
        Code::StaffSessionOver => &say::StaffSessionOver,
        Code::RevocationUnknown => &say::StaffRevocationUnknown,
        Code::StaffKnown => &say::StaffKnown,
        Code::StaffChanged => &say::StaffChanged,
        Code::UnknownDevice
        | Code::NotAllowed
        | Code::ChannelMayNot
        | Code::UnknownPerson
        | Code::WrongGraphic
        | Code::TooManyWrong
        | Code::SessionOver
        | Code::Refused
        | Code::BadRequest
        | Code::KeyReused
        | Code::NotFound
        | Code::WrongMethod
        | Code::TooMany
        | Code::Unavailable => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_code_from_e15_on_has_a_sentence_of_its_own() {
        let said: HashSet<_> =
            Code::ALL.into_iter().filter_map(sentence).map(Message::key).collect();
        let about_staff = Code::ALL.into_iter().filter(|code| code.spoken() > "E14");
        assert_eq!(said.len(), about_staff.count());
    }
}
