//! The simulated staff cards of the training, and the reader that a trainer puts them into. Their
//! people are made up; their keys, certificates and signatures are real ones of a practice CA that
//! each run of the program makes for itself, which no other service trusts.

pub use super::staff::PracticeStaff;
use crate::devices::staff_card::{
    Certificate, ModuleFault, ModuleInfo, PinLength, SignFault, Signature, SignedBy, SlotInfo,
    StaffCard, StaffCardEvent, StaffCardReader, Tries,
};
use crate::domain::personal::Personal;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer,
    DistinguishedName, DnType, IsCa, KeyIdMethod, KeyPair, KeyUsagePurpose, SerialNumber,
    SigningKey, date_time_ymd,
};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// As long as the PINs of health professionals' cards.
const PIN_LENGTH: PinLength = PinLength { shortest: 6, longest: 8 };
/// How many wrong PINs a card takes, one after another.
const TRIES: u8 = 3;
/// About as long as a real card takes to sign.
const SIGNING_TAKES: Duration = Duration::from_millis(500);

/// The practice CA, with a key and a certificate for each of the practice staff.
pub struct PracticeCards {
    root: Certificate,
    root_pem: String,
    revoked_pem: String,
    issued: [(KeyPair, Certificate); PracticeStaff::ALL.len()],
}

impl PracticeCards {
    /// Makes all keys and certificates anew: P-256, some milliseconds, and some forty more when the
    /// process asks for its first random number.
    fn new() -> Result<Self, rcgen::Error> {
        let mut root = parameters("練習憑證中心（模擬） practice CA", "practice");
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let root = CertifiedIssuer::self_signed(root, KeyPair::generate()?)?;
        let issue = |staff: PracticeStaff| {
            let mut own = parameters(staff.name(), &format!("practice-{}", staff as u8 + 1));
            own.key_usages = vec![KeyUsagePurpose::DigitalSignature];
            let key = KeyPair::generate()?;
            let certificate = own.signed_by(&key, &root)?;
            Ok((key, Certificate::new(certificate.der().to_vec())))
        };
        let [manager, user, elsewhere] = PracticeStaff::ALL.map(issue);
        Ok(Self {
            root: Certificate::new(root.der().to_vec()),
            root_pem: root.pem(),
            revoked_pem: revoked(&root)?,
            issued: [manager?, user?, elsewhere?],
        })
    }

    /// The certificate that the training's service trusts.
    pub fn root(&self) -> &Certificate {
        &self.root
    }

    /// The same in PEM, as services have their CAs in files.
    pub fn root_pem(&self) -> &str {
        &self.root_pem
    }

    /// The CA's list of revoked cards in PEM: none is.
    pub fn revoked_pem(&self) -> &str {
        &self.revoked_pem
    }

    /// By this certificate the training's service knows them.
    pub fn certificate(&self, staff: PracticeStaff) -> &Certificate {
        &self.issued[staff as usize].1
    }

    fn sign(&self, staff: PracticeStaff, text: &[u8]) -> Result<Signature, SignFault> {
        let bytes = self.issued[staff as usize].0.sign(text);
        Ok(Signature { by: SignedBy::P256, bytes: bytes.map_err(|_| SignFault::ModuleFailed)? })
    }
}

/// A list on which no card is, good for as long as the cards are.
fn revoked(ca: &CertifiedIssuer<'_, KeyPair>) -> Result<String, rcgen::Error> {
    let list = CertificateRevocationListParams {
        this_update: date_time_ymd(2020, 1, 1),
        next_update: date_time_ymd(2099, 12, 31),
        crl_number: SerialNumber::from(1_u64),
        issuing_distribution_point: None,
        revoked_certs: Vec::new(),
        key_identifier_method: KeyIdMethod::Sha256,
    };
    list.signed_by(ca)?.pem()
}

fn parameters(name: &str, serial: &str) -> CertificateParams {
    /// The attribute serialNumber of a name (X.520, 6.2.9).
    const SERIAL_NUMBER: [u64; 4] = [2, 5, 4, 5];
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CountryName, "TW");
    subject.push(DnType::CommonName, name);
    subject.push(DnType::CustomDnType(SERIAL_NUMBER.to_vec()), serial);
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = subject;
    parameters.use_authority_key_identifier_extension = true;
    // The training has a clock of its own, which a trainer moves.
    parameters.not_before = date_time_ymd(2020, 1, 1);
    parameters.not_after = date_time_ymd(2099, 12, 31);
    parameters
}

struct Reader {
    card: Option<PracticeStaff>,
    /// How many wrong PINs each card still takes.
    left: [u8; PracticeStaff::ALL.len()],
    plugged: bool,
}

/// A reader that holds one practice card or none.
pub struct SimulatedStaffReader {
    /// Made by whoever asks for them first: the first page is drawn before.
    cards: LazyLock<Result<PracticeCards, rcgen::Error>>,
    reader: Mutex<Reader>,
    events: Box<dyn Fn(StaffCardEvent) + Send + Sync>,
}

impl SimulatedStaffReader {
    pub fn new(events: impl Fn(StaffCardEvent) + Send + Sync + 'static) -> Self {
        let cards = LazyLock::new(PracticeCards::new as fn() -> _);
        let left = [TRIES; PracticeStaff::ALL.len()];
        let reader = Mutex::new(Reader { card: None, left, plugged: true });
        Self { cards, reader, events: Box::new(events) }
    }

    /// The practice cards of this run.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn cards(&self) -> Result<&PracticeCards, rcgen::Error> {
        self.cards.as_ref().map_err(Clone::clone)
    }

    /// The card that is in.
    pub fn card(&self) -> Option<PracticeStaff> {
        self.reader().card
    }

    /// How many wrong PINs a card still takes.
    pub fn tries_left(&self, staff: PracticeStaff) -> u8 {
        self.reader().left[staff as usize]
    }

    /// Puts a card in, unless the reader is unplugged. A card that is in comes out first.
    pub fn insert(&self, staff: PracticeStaff) {
        self.pull();
        let Ok(cards) = self.cards() else { return };
        let card = {
            let mut reader = self.reader();
            if !reader.plugged {
                return;
            }
            reader.card = Some(staff);
            face(cards, staff, &reader)
        };
        (self.events)(StaffCardEvent::CardIn(card));
    }

    /// Pulls the card, if there is one.
    pub fn pull(&self) {
        let pulled = self.reader().card.take();
        if pulled.is_some() {
            (self.events)(StaffCardEvent::CardOut);
        }
    }

    /// Plugs the reader in or unplugs it. Unplugged with a card in it, the card is out first.
    pub fn plug(&self, plugged: bool) {
        if !plugged {
            self.pull();
        }
        let before = std::mem::replace(&mut self.reader().plugged, plugged);
        if before != plugged {
            let (there, gone) = (StaffCardEvent::NoCard, StaffCardEvent::NoReader);
            (self.events)(if plugged { there } else { gone });
        }
    }

    /// Tells what is in it once more, to a counter that has just been switched on.
    pub fn tell(&self) {
        let Ok(cards) = self.cards() else { return };
        let card = {
            let reader = self.reader();
            reader.card.map(|staff| face(cards, staff, &reader))
        };
        if let Some(card) = card {
            (self.events)(StaffCardEvent::CardIn(card));
        }
    }

    /// As whoever issued a locked card does it: all tries are there again.
    pub fn unlock(&self, staff: PracticeStaff) {
        self.reader().left[staff as usize] = TRIES;
    }

    /// All cards are as they were at first.
    pub fn unlock_all(&self) {
        PracticeStaff::ALL.into_iter().for_each(|staff| self.unlock(staff));
    }

    fn reader(&self) -> MutexGuard<'_, Reader> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a module tells of a card.
fn face(cards: &PracticeCards, staff: PracticeStaff, reader: &Reader) -> StaffCard {
    StaffCard {
        own: cards.certificate(staff).clone(),
        between: Vec::new(),
        pin_length: PIN_LENGTH,
        tries: tries(reader.left[staff as usize]),
    }
}

/// As a module tells it.
fn tries(left: u8) -> Tries {
    match left {
        0 => Tries::Locked,
        1 => Tries::Last,
        TRIES.. => Tries::Untold,
        2.. => Tries::Low,
    }
}

impl StaffCardReader for SimulatedStaffReader {
    fn sign(&self, card: &StaffCard, pin: &Personal, text: &[u8]) -> Result<Signature, SignFault> {
        if !PIN_LENGTH.fits(pin) {
            return Err(SignFault::PinLength(PIN_LENGTH));
        }
        std::thread::sleep(SIGNING_TAKES);
        let cards = self.cards().map_err(|_| SignFault::ModuleFailed)?;
        let mut reader = self.reader();
        let is_it = |staff: &PracticeStaff| *cards.certificate(*staff) == card.own;
        let staff = reader.card.filter(is_it).ok_or(SignFault::CardRemoved)?;
        let left = &mut reader.left[staff as usize];
        if *left == 0 {
            return Err(SignFault::PinLocked);
        }
        if pin.expose() != staff.pin() {
            *left -= 1;
            return Err(match tries(*left) {
                Tries::Locked => SignFault::PinLocked,
                told @ (Tries::Untold | Tries::Low | Tries::Last) => SignFault::WrongPin(told),
            });
        }
        *left = TRIES;
        cards.sign(staff, text)
    }

    fn inspect(&self) -> Result<ModuleInfo, ModuleFault> {
        let reader = self.reader();
        let slot = SlotInfo {
            number: 0,
            description: "模擬 simulated".into(),
            token: reader.card.map(|staff| staff.name().into()),
            is_ours: true,
        };
        let slots = if reader.plugged { vec![slot] } else { Vec::new() };
        Ok(ModuleInfo { name: format!("模擬 simulated {}", env!("CARGO_PKG_VERSION")), slots })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
    use rcgen::PublicKeyData;
    use std::sync::Arc;

    const TEXT: &[u8] = b"vaxkiosk-staff-login-v1\0training\x0012ab";

    /// A reader, and what it has told.
    fn reader() -> (SimulatedStaffReader, Arc<Mutex<Vec<StaffCardEvent>>>) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&told);
        let reader = SimulatedStaffReader::new(move |event| ear.lock().unwrap().push(event));
        (reader, told)
    }

    /// The card that was put in last.
    fn put_in(told: &Mutex<Vec<StaffCardEvent>>) -> StaffCard {
        match told.lock().unwrap().last() {
            Some(StaffCardEvent::CardIn(card)) => card.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_card_signs_with_the_key_of_its_certificate() {
        let (reader, told) = reader();
        for staff in PracticeStaff::ALL {
            reader.insert(staff);
            let card = put_in(&told);
            let signature = reader.sign(&card, &Personal::new(staff.pin()), TEXT).unwrap();
            let key = reader.cards().unwrap().issued[staff as usize].0.der_bytes().to_vec();
            let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key);
            key.verify(TEXT, &signature.bytes).unwrap();
            assert!(key.verify(b"another text", &signature.bytes).is_err());
            assert_eq!(&card.own, reader.cards().unwrap().certificate(staff));
        }
        let [one, two, three] =
            PracticeStaff::ALL.map(|staff| reader.cards().unwrap().certificate(staff).clone());
        assert!(one != two && two != three && one != three, "each has its own");
    }

    #[test]
    fn three_wrong_pins_lock_a_card_and_no_other() {
        let (reader, told) = reader();
        reader.insert(PracticeStaff::User);
        let card = put_in(&told);
        let sign = |pin: &str| reader.sign(&card, &Personal::new(pin), TEXT).map(|_| ());
        assert_eq!(sign("1234"), Err(SignFault::PinLength(PIN_LENGTH)));
        assert_eq!(reader.tries_left(PracticeStaff::User), 3, "it was not sent");
        assert_eq!(sign("999999"), Err(SignFault::WrongPin(Tries::Low)));
        assert_eq!(sign("222222"), Ok(()));
        assert_eq!(sign("999999"), Err(SignFault::WrongPin(Tries::Low)), "counted anew");
        assert_eq!(sign("999999"), Err(SignFault::WrongPin(Tries::Last)));
        assert_eq!(sign("999999"), Err(SignFault::PinLocked));
        assert_eq!(sign("222222"), Err(SignFault::PinLocked), "the right one too");
        reader.insert(PracticeStaff::User);
        assert_eq!(put_in(&told).tries, Tries::Locked);
        assert_eq!(reader.tries_left(PracticeStaff::Manager), 3);
        reader.unlock(PracticeStaff::User);
        assert_eq!(sign("222222"), Ok(()));
    }

    #[test]
    fn a_pin_goes_to_the_card_for_which_it_was_typed_alone() {
        let (reader, told) = reader();
        reader.insert(PracticeStaff::Manager);
        let manager = put_in(&told);
        reader.insert(PracticeStaff::User);
        let pin = Personal::new(PracticeStaff::Manager.pin());
        assert_eq!(reader.sign(&manager, &pin, TEXT), Err(SignFault::CardRemoved));
        assert_eq!(reader.tries_left(PracticeStaff::User), 3);
        reader.pull();
        assert_eq!(reader.sign(&manager, &pin, TEXT), Err(SignFault::CardRemoved));
    }

    #[test]
    fn in_out_and_unplugged_are_told_once_each() {
        let (reader, told) = reader();
        reader.insert(PracticeStaff::Manager);
        let card = put_in(&told);
        reader.plug(false);
        reader.plug(false);
        reader.insert(PracticeStaff::User);
        reader.plug(true);
        use StaffCardEvent::{CardIn, CardOut, NoCard, NoReader};
        assert_eq!(*told.lock().unwrap(), [CardIn(card), CardOut, NoReader, NoCard]);
        assert_eq!(reader.inspect().unwrap().slots[0].token, None);
    }
}
