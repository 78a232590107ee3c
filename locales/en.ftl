# English, plain (B1).

# The line on which a reader of this language is understood.
-hotline = 1990

## Around every screen
service-name = COVID-19 vaccine booking
place-training-store = Practice store
place-training-pharmacy = Practice pharmacy
place-training-station = Practice health station
place-training-site = Practice vaccination site
training = TRAINING
time-left = Time left { $time }
step-privacy = Privacy notice
step-service = Service
step-offer = Suggested time
step-phone = Mobile number
step-area = Area
step-site = Where
step-slot = Date and time
step-brands = Vaccines
step-review = Check
step-booked = Booked
step-registered = Registered
moment = { $date } { $time }
back = Back
home = Home
leave = Log out
help = Help
bilingual = Add Chinese
clearer = Contrast
larger-type = Larger text
turn-page = Next ({ $page } of { $pages })
more = More (page { $page } of { $pages })
line-down = No connection
line-lost = No connection. Trying again.
too-small = The window is too small. Please make it at least { $columns } columns by { $rows } rows.

## Attract
attract-title = Insert your NHI card or touch the screen
attract-touch = Touch the screen to start
attract-round-open = Round { $round }: booking is open until { $until }
attract-round-waits = Round { $round }: booking opens on { $opens }
attract-countdown = Opens in { $time }
span-days = { $days ->
    [one] 1 day
   *[other] { $days } days
} { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
attract-round-closed = Round { $round } is closed. Please wait for the next round.
attract-connecting = Connecting. Please wait.
attract-start = Start
attract-minute = About 1 minute
attract-hotline = { -hotline }

## Card
card-insert-title = Please insert your NHI card
card-insert-body = Hold the card with its chip facing up. Push it into the reader in the direction of the arrow.
card-ways = Continue without a card
card-reading-title = Reading your card
card-reading-body = Please leave the card in the reader.
card-unreadable-title = This card cannot be read
card-unreadable-body = Take the card out. Check that the chip faces up, wipe it, and insert it again. If it still cannot be read, call 0800-030-598.
card-other-title = This is not an NHI card
card-other-body = Take the card out and insert your NHI card.
card-too-soon-title = The card was taken out too soon
card-too-soon-body = Insert it again and wait until it has been read.
card-no-reader-title = The card reader is not working
card-no-reader-body = Please ask the staff, or go to another convenience store, pharmacy or health station.

## Language and privacy
language-title = Choose your language
language-card-read = Card read. Please leave it in.
privacy-title = Privacy notice
privacy-what = What we use: the name, ARC or ID number, card number and birth date on your NHI card, and your mobile number.
privacy-why = Why we use it: to check that you can have the vaccine, to book, and to text you. Nothing else.
privacy-kept = How we keep it: this kiosk keeps nothing and deletes your data when you finish. The booking service keeps your booking as the law requires.
privacy-agree = I have read this and I agree
privacy-decline = I do not agree: leave

## Waiting
wait-standing = Checking if you can book
wait-graphic = Getting the picture code
wait-found = Looking for the booking
wait-seats = Looking for open places
wait-sites = Looking for vaccination sites
wait-slots = Looking for open times
wait-retry-title = No connection at the moment
wait-retry-kept = Your answers are kept.
wait-retry-now = Try again now
wait-please = Please wait
retry-attempt = Attempt { $attempt } in
retry-seconds = sec.
retry-soon = We try at once when the connection is back.

## Why not
unknown-person-title = The card number is wrong, or this round is not for you yet
unknown-person-next = Please check that this is your own valid NHI card. Questions? Call { -hotline }.
unknown-person-typed-next = Please check both numbers and type them again. Questions? Call { -hotline }.
try-again = Try again
too-many-wrong-title = Too many wrong tries. Please wait { $minutes ->
    [0] { $seconds } sec
   *[other] { $minutes } min { $seconds } sec
}
too-many-wrong-next = This protects your data. Please wait, or insert your NHI card. Questions? Call { -hotline }.
failed-title = This service is not available right now
failed-next = Please try again later, or call { -hotline } and give them the code { $code }.
refusal-code = Code { $code } (please give it when you call { -hotline } or 1922)
refused-already-booked = You already have a booking in this round
refused-already-booked-next = Choose “{ service-my-booking }” to see the date and place.
refused-not-in-round = This round is not for your group
refused-not-in-round-next = Please wait for the next round. Questions? Call { -hotline }.
refused-not-registered = You have not registered yet
refused-not-registered-next = Please choose “{ service-intention }”. You will get a text message when you can book.
refused-too-late = You registered after the deadline of this round ({ $until })
refused-too-late-next = Your registration is still valid. Please wait for a text message about the next round.
refused-brand = This round’s vaccine is not one you chose when you registered
refused-brand-next = You can change your registration after this round, and wait for the next one.
refused-not-open = Booking is not open yet. It opens on { $opens }
refused-not-open-next = Please come back then. The order of registration does not matter.
refused-closed = Booking for this round closed on { $closed }
refused-closed-next = Please wait for the next round.
refused-full = This time has just become full
refused-full-next = Please choose another time. Everything else is kept.
refused-gone = This time can no longer be booked
refused-age = People of your age can book from { $opens }
refused-age-next = This round opens one age group after another. Please come back then.
refused-counties = This round is only for some counties, not the one you registered
refused-counties-next = Your registration is still valid. Please wait for a text message about the next round.
refused-registration-not-open = Registration is not open yet. It opens on { $opens }
refused-registration-not-open-next = Please come back then.
refused-registration-closed = Registration for this round closed on { $closed }
refused-registration-closed-next = Please wait for the next round.
refused-counted = Your registration counts for this round. It cannot be changed before { $until }
refused-counted-next = You can still give another mobile number when you book. Change the rest after this round.
refused-no-booking = There is no such booking. It may have been cancelled
refused-no-booking-next = Please go back to the start and look at your booking again.
refused-checked-in = You have checked in at the vaccination site, so this booking can no longer be changed or cancelled
refused-checked-in-next = Please tell the staff at the site if something is wrong.
refused-no-show = You did not come to your booking, so you cannot book again in this round (until { $until })
refused-no-show-next = Your registration is still valid. Please wait for a text message about the next round.
refused-code-over = The time for this code is over
refused-code-over-next = Please use your NHI card to see other places.

## Service
service-title = What would you like to do?
service-book = Book a vaccination
service-intention = Register your interest
service-intention-there = Registered: see, change or cancel it
service-intention-see = Registered: see it
service-intention-next = Too late for this round: you register for the next one
service-my-booking = My booking
service-no-booking = You have no booking
service-not-here = Not offered at this kiosk
service-help = Help and hotlines
service-help-detail = 1922, 1990, 0800-030-598

## Suggested time
offer-title = Does this time suit you?
offer-why = The earliest near { $district }, with a vaccine that you chose.
offer-taken = That time is taken now. This is the best one left.
offer-few = Only { $seats } left
offer-here = In your district
offer-distance = About { $kilometres } km away
offer-phone = Text message to { $mobile }
offer-book = Book this time
offer-other-time = Other time
offer-other-place = Other place
offer-other-phone = Other phone
offer-services = Services
offer-next = The next times

service-greeting = Hello, { $name }.

why-book-from = You can book from { $opens }
why-register-from = You can register from { $opens }
why-open-now = It is open now
why-open-now-next = Please press the button below.
why-call = Call { -hotline }
rule-born = This round is for people born on or before { $date }
rule-categories = This round is for category { $categories }
rule-counties = This round is for { $counties }

## Phone
phone-offer-title = Which mobile number should get the text message?
phone-offer-registered = The number you registered: { $mobile }
phone-offer-other = Type another number
phone-title = Type your mobile number
phone-hint = 09 is there already. Type the other 8 digits
phone-erase = Delete
phone-clear = Clear all
phone-check-title = Is this mobile number right?
phone-check-hint = Please check every digit. Your reminder goes to this number.
phone-yes = Yes, this is my number
phone-no = No, type it again
phone-wrong = This is not a mobile number. Please type 10 digits, starting with 090 to 098.

## Region, site, slot
county-title = Choose a city or county
county-hint = Places left in each. You can also touch the map.
county-registered = Area you registered
county-nearest = Nearest with places
county-registered-full = No places left in { $district }, the area you registered.
seats-from = { $seats }+
seats-below = ▲<{ $seats }
seats-number = { $seats }
seats-few = ▲{ $seats }
district-title = Choose a district in { $county }
seats-free = { $seats } left
seats-full = Full
no-sites = There are no vaccination sites here now. Please go back and choose another area.
site-title = Choose a vaccination site in { $district }
site-made-up = All places below are made up for training.
site-hint = The earliest open time is at the right.
site-by-time = Earliest first
site-by-seats = Most places first
site-only = Only { $brand }
site-all-vaccines = All vaccines
site-more = More { $page }/{ $pages }
site-nearest = Nearest area with places left: { $district } (about { $kilometres } km)
brand-az = AstraZeneca (AZ)
brand-moderna = Moderna
slot-title = Choose a date
slot-days-hint = Press two digits, as in 07
slot-first = Earliest: { $slot }
slot-hours-title = { $date }: choose a time
slot-hours-hint = Press the first two digits of a time, such as { $hour }.
slot-just-full = { $slot } has just become full. Please choose another time.
slot-free = { $seats } left
slot-few = Only { $seats } left
slot-yours = Yours
slot-morning = Morning
slot-afternoon = Afternoon
slot-evening = Evening
slot-calendar = Calendar
slot-all-full = All times at this place are full.
slot-other-site = Choose another place

## Counties and districts
county-taipei = Taipei City
county-keelung = Keelung City
county-new-taipei = New Taipei City
county-lienchiang = Lienchiang County
county-yilan = Yilan County
county-hsinchu-city = Hsinchu City
county-hsinchu = Hsinchu County
county-taoyuan = Taoyuan City
county-miaoli = Miaoli County
county-taichung = Taichung City
county-changhua = Changhua County
county-nantou = Nantou County
county-chiayi-city = Chiayi City
county-chiayi = Chiayi County
county-yunlin = Yunlin County
county-tainan = Tainan City
county-kaohsiung = Kaohsiung City
county-penghu = Penghu County
county-kinmen = Kinmen County
county-pingtung = Pingtung County
county-taitung = Taitung County
county-hualien = Hualien County
county-taipei-short = Taipei
county-keelung-short = Keelung
county-new-taipei-short = New Taipei
county-lienchiang-short = Lienchiang
county-yilan-short = Yilan
county-hsinchu-city-short = Hsinchu
county-hsinchu-short = Hsinchu Co.
county-taoyuan-short = Taoyuan
county-miaoli-short = Miaoli
county-taichung-short = Taichung
county-changhua-short = Changhua
county-nantou-short = Nantou
county-chiayi-city-short = Chiayi
county-chiayi-short = Chiayi Co.
county-yunlin-short = Yunlin
county-tainan-short = Tainan
county-kaohsiung-short = Kaohsiung
county-penghu-short = Penghu
county-kinmen-short = Kinmen
county-pingtung-short = Pingtung
county-taitung-short = Taitung
county-hualien-short = Hualien
district-of-city = { $name } District
district-town = { $name } Township
district-township = { $name } Township
district-city = { $name } City
district-in-county = { $district }, { $county }

## Review and submit
review-title = Please check your booking
review-person = { $name }   { $id }
review-hint = Nothing is sent yet. Press 1 to send it.
review-who = For
review-phone = Mobile number
review-place = Where
review-time = When
review-change = Change
review-confirm = Confirm and book
review-intention-title = Please check your registration
review-intention-confirm = Register
review-move-title = Change to this time?
review-move-from = Your booking now
review-move-confirm = Change (you keep the old time until the new one is booked)
submit-title = Sending your booking
submit-body = Please leave your card in. Your booking number will appear here.
submit-body-no-card = Please wait. Your booking number will appear here.
submit-retry-title = The connection is slow. No answer yet
submit-safe = We send the same booking again, so you cannot be booked twice. Your booking is sure only when the answer comes.
submit-change-title = Sending
submit-change-body = Please wait. You will see the result.
submit-change-safe = We send the same request again, so nothing is done twice. It is done only when the answer comes.
leave-unsure-title = There is no answer yet. Leave anyway?
leave-unsure-stay = Keep waiting
leave-unsure-leave = Leave anyway

## Receipt
receipt-title = Your vaccination is booked
receipt-existing-title = Your booking
receipt-moved-title = Your booking was changed
receipt-number = Booking number { $number }
receipt-made = Booked on { $made }
receipt-when = When
receipt-where = Where
receipt-vaccine = Vaccine
receipt-phone = Mobile number { $mobile }
receipt-reminder = Bring your NHI card and your ARC or ID. Please be on time. If you miss it, you must book again in the next round.
receipt-cancel-elsewhere = Cancel at 1922.gov.tw, the NHI Express App, a health station or a pharmacy.
receipt-qr-hint = Take a photo of the QR code and show it on the day.
receipt-show-qr = Show QR code
receipt-print = Print
receipt-printing = Printing…
receipt-printed = Printed
receipt-print-again = Print again
scanned-no-key = This kiosk cannot check receipts: it has no key for it.
scanned-not-a-receipt = This is not the QR code of a receipt. Please scan the one on the receipt.
operator-pin = Type the operator’s PIN
operator-pin-wrong = Wrong PIN. Please try again
operator-pin-wait = Wrong PIN. Please wait { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}
operator-title = Kiosk status (version { $version })
operator-test-print = Test print
print-paper-out = Not printed: no paper. Your vaccination is booked.
print-cover-open = Not printed: the printer is open. Your vaccination is booked.
print-offline = Not printed: the printer is jammed or does not answer. Your vaccination is booked.
print-show-qr = Press “{ receipt-show-qr }” and take a photo.
receipt-move = Change booking
receipt-cancel = Cancel booking
receipt-done = Finish
receipt-stays = This page closes in { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}

## The end of a session
farewell-finished = Thank you. All done
farewell-pulled = The card was taken out. This session has ended
farewell-time-up = Time is up. This session has ended
farewell-idle = There was no input for a while. This session has ended
farewell-left = You are logged out
farewell-take-card = Please take your NHI card
farewell-wiped = Your data has been deleted from this kiosk.
farewell-reminds = The start screen comes back when you take your card. You will hear a sound until then.
farewell-unsure = We do not know yet if you are booked. Please start again and look at “{ service-my-booking }”.
farewell-unsure-change = We do not know yet if your booking was changed or cancelled. Please start again and look at “{ service-my-booking }”.
farewell-unsure-registration = There is no answer about your registration yet. Please start again and choose “{ service-intention }” to see.
idle-title = Are you still there?
idle-body = In { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
} we log you out and delete your data.
idle-stay = Yes, continue
more-time-title = Your time is almost up
more-time-body = When the time is up, you are logged out and your data is deleted from this kiosk.
more-time-give = I need more time
more-time-go-on = Continue
more-time-asking = Adding time. Please wait.
more-time-failed = We could not add time. Please try again, or continue.
more-time-none = No more time can be added. Please finish soon. You can start again afterwards.

## Help
help-title = Help
help-keys-title = How to use this kiosk
help-keys = Touch the buttons, press number keys, or use the arrow keys and Enter. Other keys: “Esc” or “-” goes back, “*” goes home, “/” is help, “.” is language.
help-card-title = Where is the card number?
help-card = At the lower left of the front of your NHI card: 12 digits.
help-cancel-title = How do I cancel or change a booking?
help-cancel = You can cancel or change it while booking is open: at 1922.gov.tw, in the NHI Express App, at a health station or a pharmacy. You cannot do it at a convenience store. The place goes to somebody else at once.
help-who-title = Who can book, and when?
help-who = Register before the deadline of the round. If there is enough vaccine and you meet the conditions, you will get a text message. Then you can book while booking is open. If you get none, please wait for the next round.
help-register-title = How do I register? Can I change it?
help-register = Choose “{ service-intention }” and give your mobile number, your district and the vaccines. Until the deadline you can change or cancel it. The registration number is not your place in a queue.
help-app-title = I have no card with me
help-app = Before a vaccination we must know who you are. Open the NHI Express App (健保快易通), choose “健保卡 OTP 認證” and log in: you get six digits, valid for 3 minutes. Or type your ARC or ID number and the 12 digits on your NHI card.
help-password-title = Forgot your password? Phone not accepted?
help-password = Verify yourself again to get a new password. Phone verification is only for Taiwan nationals with a monthly plan in their own name, and with Wi-Fi off. With a prepaid, company or family number, register first on a computer with a card reader. Or insert your NHI card here: you need no password.
help-fraud-title = Is this message a scam?
help-fraud = Our messages never contain a link. Nobody will ask you to transfer money, call back or press a link, and no card is locked for unpaid fees. If a call seems suspicious, hang up and call 165.
help-lines-title = Hotlines
help-line-1922 = 1922   Disease control
help-line-1955 = 1955   Migrant workers, 24 hours (LINE: 1955 E-Line)
help-line-1990 = 1990   Foreigners in Taiwan, 24 hours, in English
help-line-nhi = 0800-030-598, 4128-678   Health insurance
help-line-165 = 165   Scams: ask or report

## Registration, changes, cancelling
brands-title = Which vaccines would you accept?
brands-hint = All are ticked. Untick what you do not want.
brands-one-stays = At least one vaccine must stay ticked.
brands-confirm = Continue
intention-done = You are registered
intention-existing = Your registration
intention-number = Registration number { $number }
intention-not-a-turn = The number is not your place in a queue.
intention-registered = Registered on
intention-region = Area
intention-reminder = This is not a booking yet. We will text you when you can book a time.
intention-change = Change registration
intention-withdraw = Cancel registration
withdraw-title = Cancel your registration?
withdraw-warning = We will not tell you when you can book. You can register again, with a new registration time.
withdraw-warning-counted = If you cancel, you cannot book in this round. If you register again, you have to wait for the next round.
withdraw-no = No, keep my registration
withdraw-yes = Yes, cancel my registration
withdrawn-title = Your registration was cancelled
withdrawn-body = You may register again if you change your mind.
cancel-title = Cancel this vaccination booking?
cancel-warning = Somebody else gets the place at once. You may not get the same time again.
cancel-no = No, keep my booking
cancel-yes = Yes, cancel my booking
cancelled-title = Your booking was cancelled
cancelled-body = You can still book again while this round is open.
notice-services = Back to the services

## Ways in
ways-title = How would you like to identify yourself?
way-card = NHI card + registered password
way-card-needs = You need: your NHI card and your registered password
way-app = NHI Express App + code
way-app-needs = You need: ARC or ID number, and the six digits of the app
way-numbers = ARC or ID number + NHI card number
way-numbers-needs = You need: ARC or ID number, and the 12 digits on the card
way-query = See your latest booking
way-query-needs = Only to look: ARC or ID number, and the last 3 digits of the mobile number
check-title = System check
check-running = Checking. Please wait.
check-reader = Card reader
check-version = Reader software
check-line = Connection
check-clock = Clock
check-printer = Printer
check-missing = Not found
check-millis = { $millis } ms
check-seconds = { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
} off
check-clock-unknown = Cannot compare
check-no-printer = None
check-ready = Ready
check-paper-out = No paper
check-cover-open = Cover open
check-keeps-copies = Keeps copies
check-pass = ✓ Pass
check-fail = ✗ Fail
check-unneeded = — Not needed
check-proceed = Continue: show who you are
check-again = Check again
entry-id = Type your ARC or Taiwan ID number
entry-id-wrong = This number is not valid. Please delete it and type it again
entry-id-hint = A letter first, ten characters in all.
entry-card = Type the number of your NHI card
entry-card-hint = 12 digits, at the lower left of the front of the card.
entry-app = Type the code of the NHI Express App
entry-app-hint = Open the NHI Express App (健保快易通) and choose “健保卡 OTP 認證”. The six digits are valid for 3 minutes.
entry-password = Type your registered password (12 characters at most)
entry-mobile-end = Type the last 3 digits of the mobile number
entry-mobile-end-hint = Of the number given for the booking.
entry-done = Done
entry-kept-id = ARC or ID
entry-kept-card = Card no.
entry-kept-app = App code
entry-kept-mobile-end = Last 3 digits
graphic-title = Type the 4 digits in the picture
graphic-wrong = Not right. Please try this new picture
graphic-new = Another one
graphic-larger = Larger picture
graphic-usual = Usual size
found-title = The latest booking

## The trainer's drawer
drawer-title = Training tools
drawer-hint = Made-up people and data. F1: open, close. F2, F3: card in. F4: card out.
drawer-may-book = Card: may book
drawer-migrant = Card: migrant worker (ARC)
drawer-not-in-round = Card: not in this round
drawer-booked = Card: already booked
drawer-damaged = Card: damaged
drawer-pull = Pull the card
drawer-cut = Cut the connection
drawer-mend = Restore the connection
drawer-unplug = Unplug printer
drawer-plug = Plug printer in
drawer-fill = Fill a time slot
drawer-jump = Jump to the opening
drawer-phone = Practice phone
drawer-people = Practice people
drawer-no-card = No card in the reader
drawer-quit = Quit the training
people-title = Practice people (all made up)
people-hint = Every password is { $password }. The NHI Express App’s codes are simulated.
people-numbers = Mobile { $mobile }  App { $code }
people-unregistered = Card: { $name } (has not registered)
people-too-late = Card: { $name } (registered too late)
people-later-band = Card: { $name } (age group opens later)
practice-phone-title = Practice phone
practice-phone-hint = Simulated: no message is really sent.
practice-phone-empty = No messages yet. They come after a booking is made, changed or cancelled.

## vaxkiosk verify
verify-valid = Valid
verify-training = TRAINING receipt: not a real booking
verify-round = Round { $round }
verify-site = Site number { $site }
verify-slot = Date and time { $slot }
verify-not-a-receipt = Not valid: this is not a receipt (it should begin with VAX1:).
verify-damaged = Not valid: the text is incomplete or damaged. Please scan it again.
verify-wrong-signature = Not valid: the signature is wrong. The text was changed, or this service did not issue it.
verify-no-key = Without --key only training receipts can be checked. Please name the file of the service’s public key with --key.
verify-wrong-claims = Not valid: the signature is right, but this is not a receipt.
verify-bad-key = The public key file must hold 64 hexadecimal digits. Please check the file given with --key.
terminal-needed = Please run this program in a terminal (it needs a screen and a keyboard).
card-virtual-in = The virtual card is in the reader at { $address }. Ctrl-C pulls it.
card-virtual-out = The virtual card is out.
card-virtual-no-reader = No virtual reader at { $address } ({ $cause }). Start pcscd first, with vsmartcard-vpcd installed.
doctor-terminal = Terminal
doctor-no-terminal = The output is not a terminal
doctor-fonts = Fonts for six languages
doctor-new-pin = Type the operator’s PIN of six digits, then Enter:
doctor-pin-wrong = The operator’s PIN has six digits.
doctor-module = Staff card module
doctor-module-unset = None: staff log in with NHI cards
doctor-module-missing = The file cannot be loaded
doctor-module-not = The file is not a PKCS#11 module
doctor-module-failed = The module fails
doctor-module-hangs = The module does not answer
doctor-slot = Slot { $number }
doctor-slot-staff = Slot { $number } (staff)
doctor-card = { $slot }: card { $label }
doctor-no-card = { $slot }: no card
doctor-no-slot = No slot for staff
doctor-citizen-reader = Reader for citizens
doctor-staff-reader = Reader for staff
doctor-any-reader = Any
doctor-same-reader = The same as for citizens

## vaxkiosk serve, admin, rush
config-unreadable = { $file } cannot be read: { $cause }. Please check its path and permissions.
config-toml = Mistake in { $at }: { $cause }
config-listen = Mistake in { $at }: listen must be an address and a port, for example "127.0.0.1:8443".
config-database = Mistake in { $at }: database must be "sqlite:FILE" or "postgres://…".
config-plain-outside = Mistake in { $at }: without [tls] only this machine's own address (127.0.0.1) is allowed. Add [tls], or set behind_a_proxy = true if a proxy encrypts for the service.
config-each-once = Mistake in { $at }: list at least one, and each only once.
config-service-url = Mistake in { $at }: url should be https://…, or http://127.0.0.1:8443 on the same machine only.
config-one-proof = Mistake in { $at }: [service] needs either token or certificate.
config-printer = Mistake in { $at }: printer should be tcp://host:9100, file:/dev/usb/lp0 or cups:queue.
config-operator-pin = Mistake in { $at }: operator_pin must be what vaxkiosk doctor --new-pin prints.
config-training-only = Mistake in { $at }: this is the training’s, which everybody knows; please use your own.
config-no-way-in = Mistake in { $at }: without a reader, ways needs "app", "numbers" or "query".
config-virtual-card = Mistake in { $at }: a card needs 12 digits, an ID of ten characters, and dates from 1912 on.
config-secret = Mistake in { $at }: this must be 64 hexadecimal digits.
config-counter-channel = Mistake in { $at }: only a pharmacy, a health station or a vaccination site has a counter. Please remove [counter].
config-counter-module = Mistake in { $at }: module must be the full path of the card vendor’s PKCS#11 library. slot, token_label and staff_reader need it.
config-counter-log-in = Mistake in { $at }: staff need a way to log in. Name the module of their cards, or set nhi_staff_cards = true.
config-counter-reader = Mistake in { $at }: this needs a card reader. Please set reader = true in [devices].
config-counter-readers = Mistake in { $at }: staff_reader and citizen_reader must name two different readers.
config-site-staff = Mistake in { $at }: a vaccination site needs [counter], so that its staff can log in.
config-site-journal = Mistake in { $at }: [site] belongs to a vaccination site alone, and journal must be the full path of a folder.
keys-missing = There is no key file { $file }. Make it with: vaxkiosk admin keys
keys-open = Other users can read the key file { $file }. Please run: chmod 600 { $file }
keys-training = { $file } holds the training keys, which everybody knows. A real service may not use them. Make new ones with: vaxkiosk admin keys
keys-made = Key file { $file } made. Keep a copy in a safe place, never together with the database.
keys-public = Public key for checking receipts: { $key }
keys-token = Administrator’s token (keep it secret): { $token }
keys-public-numbered = Public key of { $key }: { $public }
keys-roots = Root keys in the file: { $numbers }
keys-added = Key { $key } added to { $file }.
keys-rotate-next = The database still has the earlier key. Stop the service and run: vaxkiosk admin keys rotate root
keys-receipts-next = Add this public key to receipt_key of every kiosk, and keep the earlier ones there. Then restart the service: it signs with the new key.
keys-rotated = The database is now encrypted with { $key }. You can start the service. People who were logged in log in again; the administrator’s token has changed.
keys-damaged = { $values ->
    [one] 1 value was damaged before and cannot be read; it was left as it is.
   *[other] { $values } values were damaged before and cannot be read; they were left as they are.
}
keys-forgotten = Key { $key } removed from { $file }.
keys-in-use = { $key } is in use or is not in { $file }. Nothing was changed.
database-failed = Database error: { $cause }. Please check database in the settings.
database-other-keys = The keys that keys in the settings names are not those of this database. Please use the key file with which the database was made.
database-keys-behind = The database has root key { $database }, but the newest in the key file is { $file }. Stop the service and run: vaxkiosk admin keys rotate root
database-keys-ahead = The database has root key { $database }, but the newest in the key file is { $file }. Please use the current key file.
database-changing = A change of the root key was not finished. Please run, with the service stopped: vaxkiosk admin keys rotate root
database-in-use = Another program is using the database. Stop the service before you change the root key; while the key is being changed, the service does not start.
backup-done = Backup made: { $file }. Keep it apart from the key file.
backup-postgres = For PostgreSQL, use pg_dump and pg_restore; after pg_restore, run vaxkiosk admin restore without a file.
restore-there = The database { $file } is there already. Please stop the service and move it away first.
restore-file = Please name the backup file to restore.
restore-done = Restored: { $people ->
    [one] 1 person
   *[other] { $people } people
}, { $bookings ->
    [one] 1 booking
   *[other] { $bookings } bookings
}. Numbers given after the backup will not be given again.
audit-whole = The audit trail is whole: { $rows ->
    [one] 1 row
   *[other] { $rows } rows
} in { $chains ->
    [one] 1 chain
   *[other] { $chains } chains
}.
audit-broken = The audit trail is broken: in chain { $chain }, row { $place } was changed, is missing or was moved.
person-erased = The person’s data is deleted. Of past bookings only the count is left.
person-unknown = Nobody on the roster has this number.
person-booked = The person has a booking that is still to come. Please cancel it first.
database-damaged = The database file is damaged; nothing was changed. Please use another backup.
tls-failed = Certificate error: { $cause }. Please check the certificate file that you named, or those of [tls] in the settings.
listen-failed = The service cannot listen on { $address }: { $cause }.
machine-failed = System error: { $cause }
device-added = Kiosk “{ $name }” added. Its token (shown only this once): { $token }
device-added-certificate = Kiosk “{ $name }” added. It is known by its certificate.
device-taken = There is already a kiosk with this name, token or certificate. Nothing was changed.
device-none = There are no kiosks yet.
device-revoked = Kiosk “{ $name }” revoked. The service refuses it within a second.
device-revoked-since = revoked ({ $when })
device-unknown = There is no kiosk “{ $name }” in use.
device-needs-site = A kiosk of a vaccination site needs the site’s number: --site. Nothing was changed.
device-no-site = Only a kiosk of a vaccination site has a --site. Nothing was changed.
device-by-token = in use (token)
device-by-certificate = in use (certificate)
practice-made = Practice round made: { $people ->
    [one] 1 person
   *[other] { $people } people
}, { $kiosks ->
    [one] 1 kiosk
   *[other] { $kiosks } kiosks
}, { $seats } places. All of it is made up.
practice-not-empty = The database is not empty. A practice round can be made only in an empty one.
export-done = Exported to { $folder }: { $appointments ->
    [one] 1 appointment
   *[other] { $appointments } appointments
}, { $immunizations ->
    [one] 1 vaccination
   *[other] { $immunizations } vaccinations
}.
export-identified = Attention: these files contain ARC and Taiwan ID numbers and names. Please keep them safe, and delete them after use.
export-pseudonyms = These files contain no ARC or Taiwan ID numbers and no names. Each person has a code made with this service’s keys.
export-file = { $file } cannot be written: { $cause }. An export does not replace existing files.
round-added = Round { $round } was added.
round-unknown = There is no round { $round }.
round-there = Round { $round } is there already; nothing was changed.
round-senseless = This round is not valid: { $cause }
round-opened = Round { $round } is open from { $opens }.
round-now-closed = Round { $round } closed on { $closes }.
round-not-open = Round { $round } is not open yet; it cannot be closed.
round-too-early = Registration of round { $round } counts until { $until }. It can be settled after that.
round-settled = Round { $round } is settled: { $registered } registered, { $people } may book and will be told by text message.
report-registered = Registered
report-in-time = Registered in time
report-settled = May book (told)
report-seats = Places
report-taken = Places taken
report-booked = Bookings
report-cancelled = Cancelled
report-displaced = Displaced (slot closed)
report-held = Places set aside
report-messages = Text messages to be sent
report-hour = Time
report-site = Site
report-came = Came
report-vaccinated = Vaccinated
report-absent = Absent
report-all = Total
report-written = Written to { $file }.
site-unknown = There is no site { $site }.
site-nothing-open = Site { $site } has no slot that is open and has not begun.
slot-unknown = There is no slot { $slot }. Nothing was closed.
slot-begun = Slot { $slot } has begun. Nothing was closed.
slot-closed-already = Slot { $slot } is closed already. Nothing was closed.
slots-of-rounds = These slots are of more than one round. Please close those of one round at a time.
slots-closed = { $slots ->
    [one] 1 slot closed.
   *[other] { $slots } slots closed.
}
closing-needs-until = { $people ->
    [one] 1 person has
   *[other] { $people } people have
} booked there. Please say with --until how long they may choose before others.
closing-until-past = The time of --until is past. Nothing was closed.
closing-until-late = The next round begins on { $begins }; --until cannot be later. Nothing was closed.
closing-told = { $people ->
    [one] 1 person
   *[other] { $people } people
} will be told by text message.
closing-set-aside = { $seats ->
    [one] 1 place is
   *[other] { $seats } places are
} set aside for them until { $until }.
closing-without = For { $people ->
    [one] 1 person
   *[other] { $people } people
} there was no place to set aside; they may choose one that becomes free.
import-done = { $file } was imported: { $added } new, { $changed } changed, { $same } unchanged.
import-refused = { $rows ->
    [one] { $file } has 1 bad row; nothing was changed.
   *[other] { $file } has { $rows } bad rows; nothing was changed.
}
import-row = Line { $line }: { $reason }
import-row-column = Line { $line }, column { $column }: { $reason }
import-row-cell = Line { $line }, column { $column }, “{ $found }”: { $reason }
import-more = And { $rows } more.
row-unreadable = It cannot be read; the file should be CSV in UTF-8.
row-columns = The columns should be { $columns }, separated by commas, in a CSV file in UTF-8.
row-id = id should be a valid ARC or Taiwan ID number.
row-card = card should be 12 digits.
row-name = name must not be empty.
row-born = born should be a date such as 1980-01-31.
row-category = category should be a number, or empty.
row-password = password_hash should be a whole Argon2id hash ($argon2id$…) with at most m=65536, t=10 and p=4, or be empty.
row-twice = The same as in an earlier row.
row-number = It should be a whole number, 1 or more.
row-district = district should be the interior ministry’s code of a district.
row-brand = brand should be AZ or MO, and one of the round’s.
row-empty = Names and addresses must not be empty.
row-site = site should be the number of a site of this round.
row-time = Times should be like 2027-07-16T09:00.
row-order = ends should be after starts, on the same day.
row-text = Names and addresses should have no control characters and no web addresses, and 100 characters at most.
row-capacity = capacity should be 1 to 10000.
row-below-taken = capacity is less than the places that are booked already.
row-outside-round = starts should be within a year after the round opens.
row-overlap = It overlaps another slot of the same site.
row-site-elsewhere = The site with this number belongs to another round.
row-brand-booked = People have booked at this site, so its brand cannot change.
sms-booked = [Vaccine] Booked: number { $number }, { $when }, { $place }. Bring your NHI card and your ARC or ID, and be on time.
sms-moved = [Vaccine] Changed: number { $number }, now { $when }, { $place }.
sms-cancelled = [Vaccine] Cancelled: number { $number } ({ $when }).
sms-displaced = [Vaccine] Your time { $was } was closed. We are sorry. Please choose another at any kiosk with your NHI card, before others, until { $until }.
sms-displaced-held = [Vaccine] Your time { $was } was closed. We are sorry. A place is held for you: { $when }, { $place }. Please confirm it or choose another at any kiosk with your NHI card by { $until }.
sms-reminder = [Vaccine] Reminder: { $when }, { $place }, number { $number }. Bring your NHI card and your ARC or ID.
sms-absent = [Vaccine] You did not come to your booking { $number }. You cannot book again in round { $round }. Your registration is still valid: please wait for the message about the next round.
sms-settled = [Vaccine] You may book in round { $round }: from { $opens } to { $closes }, with your NHI card at a convenience store, pharmacy or health station, or on the 1922 website.
rush-offered = Bookings sent
rush-booked = Booked
rush-full = Left because all was full
rush-refused = Refused by a rule
rush-errors = Errors without recovery
rush-retries-busy = Retries (service busy)
rush-retries-gone = Retries (connection lost)
rush-p50 = Booking answered: median
rush-p99 = Booking answered: 99%
rush-max = Booking answered: longest
rush-bookings = Bookings a second
rush-reads = Reads a second
rush-read-p99 = Read answered: 99%
rush-sent-again = Sent again with the same key
rush-answered-otherwise = … answered differently
audit-live = Audit: bookings there
audit-missing = Audit: acknowledged but missing
audit-over = Audit: slots over capacity
audit-uncounted = Audit: slots with uncounted bookings
audit-twice = Audit: people booked twice
audit-orphans = Audit: bookings without person or slot
audit-failed = The service could not be audited.
rush-passed = Passed: nothing lost, nothing doubled.
rush-failed = Failed.

# Staff at a counter: why they cannot log in, or may not do something
staff-unknown = This card is not registered for any institution
staff-elsewhere = This card is registered for another institution
staff-withdrawn = Your access has ended
staff-right-missing = You do not have the right to do this
staff-not-a-counter = Staff cannot log in at this kiosk
staff-expired = The certificate on this card has expired
staff-not-yet-valid = The certificate on this card is not valid yet
staff-revoked = The certificate on this card has been revoked
staff-foreign = This card was not issued by a recognised authority
staff-unusable = The certificate on this card cannot be used to log in
staff-challenge-over = Logging in took too long. Please try again
staff-signature-wrong = The card’s signature is not right
staff-session-over = You have been logged out. Please log in again
staff-revocation-unknown = We cannot check right now whether this card is still valid
staff-known = This card is already registered here

# Institutions, by `vaxkiosk admin institution`
institution-added = Institution “{ $code }” added.
institution-taken = There is already an institution “{ $code }”. Nothing was changed.
institution-none = There are no institutions yet.
institution-open = open ({ $staff } staff)
institution-closed-since = closed ({ $when })
institution-closed = Institution “{ $code }” closed. Within a second its staff can do nothing any more.
institution-unknown = There is no open institution “{ $code }”.
institution-representative = Representative of institution “{ $code }” added, with number { $number }.
institution-card-known = This card already belongs to staff of institution “{ $code }”. Nothing was changed.
institution-certificate-unusable = { $file } is no certificate (PEM or DER) with which staff can log in: it must be for signatures, and its subject must have a serial number.
institution-id-wrong = This is no valid ARC or Taiwan ID number.
institution-withdrawn = The access of staff member { $number } has ended. This counts within a second.
institution-staff-unknown = Institution “{ $code }” has no staff member { $number }.
staff-cards-failed = Staff cards cannot be checked: { $cause }. Please check [staff] in the settings.

## Counter
counter-place = Booking counter: { $institution }
counter-citizen-side = Visitor’s view
counter-locks-in = Locks in { $time }
counter-tab-book = New booking
counter-tab-change = Find, move, cancel
counter-tab-register = Register
counter-tab-today = Today
counter-tab-manage = Staff
counter-no-reader = No card reader
counter-keys-fields = Tab: next  Shift-Tab: back  Enter: choose  Esc: clear
counter-lock = Lock
counter-take-card = Please give the NHI card back
counter-next-card = Next person: insert their NHI card
counter-next-typed = Without a card, type both numbers.
counter-retry = No answer. Trying again in { $seconds } sec (Enter: now)
counter-card-again = Take it out, check that the chip faces up, and insert it again.
counter-sending = Sending. Please wait.
counter-may-book = Can book
counter-may-book-registered = Can book. Registered: { $district }, { $brands }
counter-no-booking = No booking at the moment
counter-has-booking = Booked: { $number }  { $when }  { $place }
counter-without-card = Served without a card, by typed numbers
counter-then-next = F10: print  F12: next person
counter-consent = Consent
counter-phone = Mobile
counter-county = City, county
counter-district = District
counter-site = Where
counter-vaccine = Vaccine
counter-date = Day
counter-slot = Time
counter-id = ARC or ID
counter-card-number = Card number
counter-staff-name = Name
counter-staff-role = Role
counter-staff-rights = Rights
counter-agreed = ✓ Agreed. Witness: { $witness }
counter-not-agreed = Not yet (Enter: agree)
counter-any-vaccine = Any
counter-consent-hint = Let the person read the privacy notice (F7 shows it). When they agree, press Enter.
counter-no-such-choice = Nothing matches
counter-full = Full. Please choose another
counter-missing = Please fill this in
counter-first-above = First choose what is above
counter-choose = ↑↓ Enter
counter-nothing = There is nothing to choose
counter-today = Today, { $date }: { $count }
counter-search = Number or name
counter-nothing-yet = Nothing yet
counter-booked = Booked
counter-moved = Moved
counter-cancelled = Cancelled
counter-registered = Registered
counter-withdrawn = Unregistered
counter-unsure = Not sure
counter-refused = Refused
counter-users = People who work here
counter-no-sites = Your institution has no check-in desk, so there are no figures.
counter-user-card = Take your card out and insert the new person’s staff card (no PIN is needed). Esc goes back. Afterwards insert your own card and log in again.
counter-user-withdrawn = access ended
counter-user-new = Add a person (by their card)
counter-rights-hint = 1 to 4 ticks, F9 saves, Esc goes back.
counter-role-representative = Representative
counter-role-manager = Manager
counter-role-user = User
counter-right-book = Book
counter-right-change = Cancel, move
counter-right-check-in = Check in
counter-right-manage = Manage
counter-log-in-title = Staff log-in
counter-locked-title = This counter is locked
counter-locked-card-out = The staff card was taken out.
counter-locked-idle = It was not used for a while.
counter-locked-pressed = A staff member locked it.
counter-locked-session = The log-in has expired.
counter-locked-for = { $name } can log in and go on. If somebody else logs in, what was entered is deleted.
counter-no-module = The software for staff cards does not work. Please ask your technician.
counter-no-staff-reader = There is no reader for staff cards. Please check its cable.
counter-not-staff-card = This card cannot be used to log in. Please insert your staff card.
counter-insert-card = Please insert your staff card
counter-type-pin = Please type the card’s PIN, then Enter
counter-pin-locked = The PIN of this card is locked. Please ask the card’s issuer.
counter-pin-locked-training = In training: begin the exercise or the training again, and the card is unlocked.
counter-pin-last = Please type the PIN. Take care: one more wrong PIN locks the card.
counter-type-password = Please type the registered password of your NHI card, then Enter
counter-signing = Your card is being checked. Please leave it in.
counter-logging-in = Logging in. Please wait.
counter-pin-hint = What you type is not shown and not kept.
counter-pin-wrong = The PIN is wrong. Please try again. Several wrong PINs lock the card.
counter-pin-wrong-last = The PIN is wrong. There is one try left before the card locks.
counter-pin-length = The PIN of this card has { $from } to { $to } characters.
counter-card-removed = The card was taken out. Please insert it again.
counter-card-slow = The card does not answer. Please take it out and insert it again.
counter-no-line = No connection at the moment. Please try again.
counter-password-wrong = Card or password is wrong, or you are not registered here.
counter-keys-log-in = Enter: log in  Esc: clear  Ctrl-O: log out
counter-number-wrong = This number is not right. Please check it.
counter-see-booking = There is a booking in this round. F3 moves or cancels it.
counter-cannot = No booking can be made for this person now. F4 registers them, F12 goes on to the next person.
counter-card-out = The card was taken out. What was not sent is deleted.
counter-back = Welcome back. What you entered is kept.
counter-wiped = What the other person entered is deleted.
counter-saved = Saved
counter-leave-unsure = There is no answer yet. It may already be done. Go on to the next person?
counter-leave-yes = Yes, next person
counter-log-out-ask = Log out? Today’s list and unfinished entries will be deleted.
counter-withdraw-ask = End this person’s access? They will not be able to log in any more.
counter-withdraw-yes = End access
counter-move = Submit change
counter-save = Save
counter-submit = Submit
counter-clear = Clear form
counter-next = Next person
counter-drawer-hint = All people here are made up. First a staff card, with the PIN shown.
counter-drawer-pin = { $role }: { $pin }
counter-drawer-out = Take the staff card out
counter-drawer-elsewhere = elsewhere
counter-drawer-manager = manager
counter-drawer-user = user
counter-withdraw-intention = Cancel sign-up

## The desk of a vaccination site
desk-place = Check-in desk: { $site }
desk-page-desk = Check-in
desk-page-list = List
desk-page-lot = Lot
desk-page-conflicts = Conflicts
desk-page-figures = Figures
desk-ready = Scan a receipt
desk-ready-do = Or insert an NHI card, or type the booking number.
desk-type-number = Booking number (10 digits), then Enter
desk-looking-up = Looking it up
desk-saving = Saving
desk-may = Ready to check in
desk-may-do = The day, the place and the time are right.
desk-early = Too early
desk-early-do = The time slot starts at { $clock }. They can wait, or check in now.
desk-late = Late
desk-late-do = The time slot ended at { $clock }. They can still check in.
desk-another-day = Not today
desk-another-day-do = Booked for { $when }. Please ask them to come back then.
desk-another-site = Not here
desk-another-site-do = Booked at { $site }. Please send them there.
desk-number = site no. { $number }
desk-moved = Booking moved
desk-moved-do = The booking now has another time or place. Please look at the newest receipt.
desk-cancelled = Booking cancelled
desk-cancelled-do = This booking was cancelled. To be vaccinated, they need a new booking.
desk-already-in = Already checked in
desk-already-vaccinated = Already vaccinated
desk-already-left = Already left
desk-entered-at = { $clock }, { $desk }
desk-this-desk = this desk
desk-absent = Marked as absent
desk-absent-do = They were marked as not having come. Please ask the manager on site.
desk-not-listed = Not on today’s list
desk-not-listed-do = There is no such booking here today. Please check the number, or read the NHI card.
desk-other-round = Another round
desk-other-round-do = This booking is of { $round } and is not valid now.
desk-forged = Not genuine
desk-forged-do = The signature is not from this service. Do not check anybody in with this receipt.
desk-damaged = Code damaged
desk-damaged-do = Please scan it again, or read the NHI card.
desk-not-a-receipt = Not a receipt
desk-not-a-receipt-do = Please scan the QR code of the booking receipt.
desk-no-key = Cannot be checked
desk-no-key-do = This desk has no key to check receipts. Please read the NHI card, or type the number.
desk-not-a-number = Wrong number
desk-not-a-number-do = A booking number has 10 digits. Please type it again.
desk-card-faulty-do = Please take the card out and insert it with the chip up, or scan the receipt.
desk-receipt-only = The receipt is newer than the list; its signature is right.
desk-signature-right = The signature is right.
desk-check-in = Check in
desk-vaccinate = Record vaccination
desk-leave = Left, no dose
desk-take-back = Undo last entry
desk-seen = I have read this
desk-checked-in = Checked in
desk-vaccinated = Vaccinated
desk-left = Left without a dose
desk-taken-back = Last entry undone
desk-expected = Not here yet
desk-not-come = Absent
desk-done-do = It is saved. The next person can come.
desk-not-saved = Not saved
desk-disk-full = The disk of this machine is full: nothing was entered. Please try again, and call your technician.
desk-disk-failed = This machine cannot write to its disk: nothing was entered. Please try again, and call your technician.
desk-disk-full-short = Disk full
desk-disk-failed-short = Cannot save
desk-conflict = Conflict
desk-conflict-do = The service has: { $what }. That counts.
desk-unknown-do = The service has no such booking at this site. The entry does not count.
desk-conflict-here = This desk’s entry counts.
desk-conflicts = { $count ->
    [one] { $count } conflict (F5)
   *[other] { $count } conflicts (F5)
}
desk-conflicts-hint = These entries do not agree. Look into each, then mark it as read.
desk-no-conflicts = There are no conflicts
desk-hour = Today, { $clock }
desk-more = { $count } more
desk-nobody = Nobody is booked today
desk-line-up = Connected, sent: { $sent }
desk-kept = To be sent: { $kept }
desk-list-of = List as of { $clock }
desk-damaged-journal = Part of the saved entries is unreadable
desk-list-title = List of { $date }. Came: { $came } of { $of }
desk-lot-title = Lot number of today’s vaccine
desk-lot-hint = Type it once; it is used until you log out. Letters, digits and “-”, 20 at most.
desk-lot-set = Lot { $lot } (set for today)
desk-no-lot = No lot number for today yet (F4)
desk-figures-title = Today in figures
desk-figures-hour = Time
desk-figures-booked = Booked
desk-figures-came = Came
desk-figures-vaccinated = Vaccinated
desk-figures-absent = Absent
desk-figures-total = Total
desk-log-out-ask = Log out?
desk-log-out-kept = Log out? { $kept ->
    [one] { $kept } entry waits
   *[other] { $kept } entries wait
} to be sent. It all stays on this machine and is sent after the next log-in.
desk-drawer-expected = Scan: next person
desk-drawer-another-day = Scan: another day
desk-drawer-forged = Scan: forged
desk-welcome-back = Welcome back.
counter-card-out-unsure = The card was taken out before there was an answer. Please insert it again to see what was done.
desk-locked-for = { $name } can log in and go on. What was entered stays on this machine, also if somebody else logs in.
desk-locked-no-line = Nobody can log in without a connection. Please wait until it is back.
desk-no-list = No list yet
desk-no-list-do = It comes by itself when the connection is back.
device-no-counter = Staff do not log in at a kiosk of this channel, so it has no --counter. Nothing was changed.
staff-changed = Someone else changed this person in the meantime. Nothing was saved; please look again
institution-staff-changed = Staff member { $number } was changed by someone else at the same moment. Please try again.

## Together, and when nothing is free

sms-offered = [Vaccine] A place is free and is held for you: { $when }, { $place }. Book it at any kiosk with your NHI card, or type the code { $code } there, by { $until }. After that it goes to the next person.
sms-leftover = [Vaccine] There are leftover doses today at { $place }. Come by { $until } with your NHI card and show the code { $code }. Whoever checks in first gets one; there may be none left when you come.
rush-families = Families
rush-families-booked = Families booked together
rush-families-parted = Booked alone from a refused family
rush-given-up = Booked, then cancelled
rush-waited = People who waited
rush-took-offers = Waited, then booked
rush-holds-lost = Held places that were lost
audit-astray = Audit: offers that do not match holds
audit-passed-over = Audit: waiting people passed over
leftover-told = { $people ->
    [one] { $people } person has
   *[other] { $people } people have
} been told today.
leftover-no-slot = Site { $site } has no open time today.

## Several people in one visit

step-together = Who comes along
group-with-others = Book with others
group-with-most = up to { $most } people
group-next-card = Please insert the next person’s NHI card
group-next-hint = One booking each, at the same place, in the same hour or the next.
group-take-out = Please take the card out first
group-take-out-hint = Then insert the next person’s NHI card.
group-full = { $people } people: no more can be added
group-full-hint = Now find a time at which all of you can come.
group-find = That is all: find a time for { $people ->
    [one] { $people } person
   *[other] { $people } people
}
group-without-card = Without a card: type numbers
group-only-me = Book for me only
group-join-title = Add { $name }?
group-join-typed = Add somebody without a card?
group-join-agrees = By pressing “{ group-agree }”, this person agrees to the notice below. Nothing is sent before that.
group-agree = Agree and add
group-do-not-add = Do not add
group-phone-title = Which phone gets the text message for { $name }?
group-same-phone = The same as { $name }: { $mobile }
group-not-added = { $name } cannot be added
group-not-added-typed = This person cannot be added
group-left-out = { $name } cannot be booked
group-others-go-on = The others can go on. No booking has been made yet.
group-register-first = To be vaccinated, this person can choose “{ service-intention }” with their own card later.
group-rule-for = For { $name }: { $rule }
group-twice = { $name } has already been added
group-twice-next = Take this card out and insert the NHI card of somebody else.
group-own-card-next = Take this card out and insert the NHI card of somebody else, or press “{ group-only-me }”.
group-own-card = Please insert the NHI card of { $name }
group-own-card-hint = Then this person goes on alone. Nothing is booked for the others.
group-own-card-other = This is not the NHI card of { $name }
group-own-card-instead = Take out the card in the reader, then insert this person’s card. Only this person goes on then.
group-together-after-all = Book together after all
group-other-vaccine = The vaccine of this place ({ $brand }) was not chosen at registration
group-go-on = Go on
group-hours-title = { $date }: times for { $people ->
    [one] { $people } person
   *[other] { $people } people
}
group-hours-none = There is no time here for { $people ->
    [one] { $people } person
   *[other] { $people } people
}
group-hours-taken = That time has just become full. Nobody was booked. Please choose another.
group-one-hour = All together
group-review-title = Please check the { $people ->
    [one] booking
   *[other] bookings of all { $people } people
}
group-review-hint = Either all are booked or nobody is. Press a name to change something.
group-review-hint-one = Press the name to change something.
group-book = Confirm and book for { $people ->
    [one] { $people } person
   *[other] { $people } people
}
group-keep = Leave it as it is
group-other-phone = Use another phone number
group-leave-out = Leave this person out
group-receipt-title = Booked for { $people ->
    [one] { $people } person
   *[other] { $people } people
}
group-receipt-note = Each person can change or cancel their own booking later.
group-show-each = Press “{ group-receipt-each }” and take a photo of each.
group-receipt-each = Show each QR
group-receipt-next = Next receipt
group-receipt-all = Back to the list
group-print-all = Print all

## Waiting for a place, at the kiosk

wait-ask = Tell me when a place is free
wait-service = Waiting list
held-service = The place held for you
wait-line = Looking up the waiting list
step-wish-places = Where
step-wish-times = When
step-waiting = On the waiting list
step-held = Held place
wish-places-title = Which districts could you go to?
wish-places-hint = Choose up to { $most } districts. Chosen: { $count }.
wish-places-most = You can choose { $most } districts at most. Take one away first.
wish-only-site = Only at: { $site }
wish-go-on = Go on
wish-one-site = One site only
wish-other-county = Add another city or county
wish-times-title = When could you go?
wish-times-hint = Choose days, or none if any day suits you.
wish-days-most = You can choose { $most } days at most.
wish-any-day = Any day
wish-any-time = Any time
wish-more-days = Other days
wish-more-than = { $more ->
    [one] { $days } and one more day
   *[other] { $days } and { $more } more days
}
review-wait-title = Please check what you are waiting for
review-wait-confirm = Join the waiting list
review-leftovers-title = Please check your request for leftover doses
review-leftovers-confirm = Tell me about leftover doses
line-asked = You are on the waiting list
line-title = Your position on the waiting list
line-place = Your position
line-place-note = Others ahead of you may want a different place.
line-chances = { $seats ->
    [0] Since { $since }, no such place came free.
    [one] Since { $since }, one such place came free.
   *[other] Since { $since }, { $seats } such places came free.
}
line-chances-unknown = How soon a place comes free is not known yet.
line-next = When a place is free, a text message goes to { $mobile }. It is held for up to 30 minutes, as the message says: book it at any kiosk, with your NHI card or the code of the message.
line-change = Change it
line-leftovers = Leftover doses
line-leave = Stop waiting
leave-line-title = Do you want to stop waiting?
leave-line-warning = You lose your position. You can join the waiting list again later, at the end of it.
leave-line-warning-held = The place held for you goes to the next person at once, and you lose your position on the waiting list.
leave-line-no = No, keep waiting
leave-line-yes = Yes, stop waiting
left-line-title = You do not wait any more
left-line-body = You can join the waiting list again at any time.
held-title = A place is free and held for you
held-until = Held for you until { $until }
held-why = If you do not book it by then, it goes to the next person. You stay on the waiting list.
held-over = The time to book it is over
held-over-body = It was held until { $until } and now goes to the next person. You are still on the waiting list; after three offers not taken you go to the end of it.
displaced-title = Your booked time was closed
displaced-was = It was { $when }, { $place }
displaced-take = Take this time
displaced-other = Other time/place
displaced-none = We are sorry: the site cannot keep this time. No place could be held for you yet.
displaced-until = Choose another time by { $until }. Until then you choose before others.
leftovers-title = Doses left at the end of the day
leftovers-body = When doses are left, a text message comes in the order of asking. Come within { $minutes } minutes of it: whoever checks in first gets a dose. A dose is not certain.
leftovers-here = Tell me: { $site }
leftovers-choose = Choose a site
leftovers-stop = Do not tell me any more
to-be-told-title = You will be told of leftover doses
to-be-told-body = A text message comes when doses are left. If you are on the waiting list, you keep your position.
not-to-be-told-title = You will not be told any more
not-to-be-told-body = You can ask to be told again at any time.
way-code = Code from a text message
way-code-needs = Books the place held for you
card-have-code = I have a code from a text message
entry-code = Type the code of the text message
entry-code-hint = Ten digits, in the message that offers you a place. The place is then booked for you.
entry-code-wrong = The code is wrong, or its time is over
entry-code-wrong-hint = Compare it with the message, delete what is wrong and type it again.
farewell-unsure-line = No answer about the waiting list has come yet. Start again and look at “{ wait-service }”.
drawer-free = Free a place

## The trainer of a room
trainer-title = Trainer’s console
trainer-code = Code { $code }
trainer-here = { $here } of { $people } connected
trainer-nobody = Nobody has joined yet.
trainer-how = Ask each trainee to run this on their own machine:
trainer-sign-hint = Once connected, the four letters at the top of a trainee’s screen are the same as the mark in this list. If they differ, end the connection and check.
trainer-keeps = Results are kept in { $folder }
trainer-keeps-nothing = Results are not kept
trainer-not-kept = ▲ Results could not be kept: { $cause }
trainer-seat = #
trainer-sign = Mark
trainer-name = Name
trainer-exercise = Exercise
trainer-step = Step
trainer-time = Time
trainer-mistakes = Wrong
trainer-state = State
trainer-is-here = Connected
trainer-lost-since = Lost { $since }
trainer-is-paused = Paused
trainer-unread = Unread
trainer-score = Score { $score }
trainer-open = See screen
trainer-to-list = Back to list
trainer-next = Next trainee
trainer-trouble = Cause trouble
trainer-message = Send message
trainer-pause = Pause or go on
trainer-end = End exercise
trainer-close = Close program
trainer-all = For all
trainer-one = For one
trainer-quit = Leave console
trainer-to-all = For all who are connected: { $people }
trainer-to-one = For { $name }
trainer-no-screen = This trainee’s screen has not come yet.
trainer-results = Done so far
trainer-trouble-title = What is to go wrong?
trainer-exercise-title = Which exercise is to begin?
trainer-no-exercises = The trainee’s program has no exercises.
trainer-message-title = Message to the trainee
trainer-send = Send
trainer-end-sure = End the exercise and judge it?
trainer-close-sure = Close the trainee’s program?
trainer-quit-sure = Leave the console?
trainer-quit-detail = Trainees’ programs go on. This list, and results that were not kept, are gone.
trainer-no = No, go back
trouble-slow-line = Slow connection
trouble-cut-line = No connection
trouble-printer-jam = Next page jams
trouble-printer-out = Printer off
trouble-reader-gone = Card reader unplugged
trouble-slot-filled = Somebody else takes the time
trouble-another-card = Another person inserts a card
trouble-opening-minute = Clock jumps to 30 sec before opening
trouble-power-cut = Power cut and restart
trouble-all-well = All works again
supervised-paused = Paused by the trainer
supervised-paused-body = Time stands still and keys do nothing. Please listen to the trainer.
supervised-says = Message from the trainer
supervised-read = I have read it
step-at-rest = Waiting for somebody
step-visit = Serving somebody
step-farewell = End of a visit
step-counter = At the counter
step-choosing = Choosing an exercise
step-briefing = Reading the task
step-preparing = Being prepared
step-debriefing = Looking at the result
trainee-ask-code = Code on the trainer’s screen (8 letters and digits):
trainee-no-code = A code has 8 letters and digits, such as { $example }.
trainee-wrong-code = Wrong code. Please look at the trainer’s screen and try again.
trainee-wait =
    { $seconds ->
        [one] Too many wrong codes. Please wait one second and try again.
       *[other] Too many wrong codes. Please wait { $seconds } seconds and try again.
    }
trainee-not-reached = The trainer’s console at { $address } cannot be reached: { $cause }
trainee-other-version = The trainer’s program has another version. Please use the same one.
trainee-full = The trainer’s list is full. Please tell the trainer.
trainee-not-trainer = { $address } could not prove that it knows the code, so nothing was sent. Please tell the trainer.
trainer-bad-address = { $address } is no address. Please write it as { $example } or { $socket }.
trainer-folder-failed = The folder { $folder } cannot be used. Please check it or choose another one: { $cause }
trainer-folder-in-use = Another trainer’s console keeps its results in { $folder }. Please choose another folder.
sheet-title = Results of a training
sheet-training = This was a training. All people and bookings in it are made up.
sheet-passed = Passed
sheet-not-passed = Not passed
sheet-figures = { $minutes } min { $seconds } sec, presses: { $presses }, hints: { $hints }
sheet-well = Well done
sheet-missed = To be practised
sheet-met = done
sheet-not-met = not done
sheet-avoided = did not happen
sheet-happened = happened, and should not
sheet-fact-booked = Booking made
sheet-fact-moved = Booking moved to another time
sheet-fact-cancelled = Booking cancelled
sheet-fact-registered = Interest registered
sheet-fact-in-line = On the waiting list
sheet-fact-told-of-leftovers = To be told of doses left
sheet-fact-checked-in = Checked in
sheet-fact-vaccinated = Vaccination recorded
sheet-fact-people-checked-in = Enough people checked in
sheet-fact-texted = Text message sent to the person
sheet-fact-receipt = The person has the receipt
sheet-fact-card-out = Card taken back
sheet-fact-visit-ended = Visit ended
sheet-fact-spoken = The person’s own language used
sheet-fact-seen = The right page was opened
sheet-fact-logged-out = Logged out
sheet-fact-locked = Counter locked
sheet-fact-logged-in = Logged in
sheet-fact-consent = Consent given first
sheet-fact-left-unsure = Left before the outcome was known
sheet-fact-sent-twice = Sent twice
sheet-fact-within = Done in time
sheet-fact-presses = Few enough presses

## Staff: when nothing is free

counter-line = Waiting list
counter-held = Held until { $until }: { $what }
counter-held-do = F9 books this place. They may choose another one instead.
counter-held-over = This place is no longer held. Please choose another
counter-closed = The booked time was closed: { $what }
counter-none-set-aside = No place is held. They choose before others until { $until }.
counter-in-line = On the waiting list: no. { $place } (F11)
counter-not-in-line = Not on the waiting list yet
counter-line-since = No. { $place } on the waiting list, since { $since }
counter-chances = Such places that came free since { $since }: { $seats }
counter-chances-unknown = How often such places come free is not known yet.
counter-nothing-free = Nothing is free here. F11: waiting list
counter-leave-line = Stop waiting
counter-leave-line-ask = Take this person off the waiting list?
counter-leave-line-warning = They lose their position, and a place that is held goes to the next person.
counter-any-site = Any in the district
counter-any-day = Any
counter-any-part = Any
counter-part = Part of day
counter-waits = On the waiting list now
counter-waits-how = When a place is free, a text message comes and the place is held for up to 30 minutes, as the message says. It can be booked at any kiosk or counter with the NHI card.
counter-left-line = No longer on the waiting list
counter-deed-waits = Waiting
counter-deed-left = Stopped
counter-code = Text code
counter-code-wrong = This code is wrong, or its time is over. Please check the 10 digits in the text message.
counter-type-code = Type text code
counter-too-often = Too many wrong codes. Please try again in a few minutes.
desk-page-leftover = Doses left
desk-leftover-title = Leftover doses today
desk-leftover-doses = Left
desk-leftover-told = Told
desk-leftover-waiting = Asked
desk-leftover-until = Until
desk-leftover-code = Code of the text message (10 digits), then Enter
desk-leftover-more = How many more are left (1–50; none: 0), then Enter
desk-leftover-say = Add doses left
desk-leftover-many = { $doses } more doses: up to { $people } people get a text message now. Is that right?
desk-leftover-many-yes = Yes, tell them
desk-leftover-ready = Type the code
desk-leftover-ready-do = Whoever checks in first gets the dose.
desk-leftover-given = Gets the dose
desk-leftover-none = No dose left
desk-leftover-none-do = Others came before them, and nothing is left.
desk-leftover-wrong = Code not valid
desk-leftover-wrong-do = It is wrong, is not for this site today, or its 20 minutes are over.
desk-leftover-booked = Has a booking
desk-leftover-booked-do = They have another booking in this round, so they get no leftover dose.
desk-leftover-refused = No dose for them
desk-leftover-not-code-do = A code has 10 digits. Please type it again.
desk-leftover-no-line = No connection
desk-leftover-no-line-do = Leftover doses need a connection. A code is tried again by itself; please add doses again yourself.
desk-leftover-unsure = No answer; it may be done. To send it again, press Enter: it counts once.
desk-leftover-header = Doses left: { $doses } (F7)

## None is left any more, said at a site's desk

desk-leftover-end = None is left any more: whoever was told gets no dose. Is that right?
desk-leftover-end-yes = Yes, none is left

## The training in a browser
web-ended = The training has ended. To practise again, please press the button.
web-begin = Begin again
web-full = All places are taken at the moment. Please try again in a few minutes.
web-try = Try again
web-lost = The connection is lost, and this training has ended. Please try again.
web-address = Please open the training at the address that the person who runs it has given you.
web-ask-code = Please type the code that the person who runs the training has given you.
web-enter = Continue
web-code-wrong = The code is wrong. Please check it and type it again.
web-code-wait = Too many wrong codes. Please try again in a minute.
web-open = Training in a browser: { $url }
web-open-any = Training in a browser: https:// and the address of this machine, port { $port }
web-code = Code for the trainees: { $code }
web-fingerprint = The browser does not know the certificate and warns of it. Before you go on, please compare its SHA-256 fingerprint: { $fingerprint }

## Mistakes in the files of exercises
exercise-mistake = Mistake in the exercise { $at }: { $what }
exercise-unknown-key = There is no key { $key }. Did you mean { $nearest }?
exercise-missing-key = { $key } is missing.
exercise-wrong-type = { $key } must be { $wanted }.
exercise-wanted-text = a text in quotes
exercise-wanted-number = a number
exercise-wanted-truth = true or false
exercise-wanted-list = a list, written [ … ]
exercise-wanted-section = a section, written [name]
exercise-wanted-date-time = a date with a time, for example { $example }
exercise-unknown-word = There is no { $word } here. You can use: { $right }
exercise-out-of-range = { $key } must be from { $least } to { $most }.
exercise-empty = { $key } must not be empty.
exercise-hints-differ = The hints of { $key } must be { $wanted }, as in the other languages.
exercise-not-of-role = { $word } does not belong to an exercise of the role { $role }.
exercise-card-unreadable = The card { $word } cannot be read, so nobody can use it.
exercise-card-not-registered = { $word } has no mobile number and cannot be in booked or in_line. Use another card.
exercise-file-name = The file name { $name } may have only letters, digits, “.”, “_” and “-”. Rename the file.
exercise-only-at-confirm = Here { $word } needs the trigger action = "confirm".
exercise-one-trigger = Give each fault one trigger and only one: step, after or action.
exercise-never-reached = This fault never happens: the time of the exercise is over before. Make after shorter, or minutes longer.
exercise-before-it-begins = The time in before is not after the beginning of the exercise, so there is no such place. Make it later than begins.
exercise-longer-than-itself = Every run is over within this time. Make the minutes of within fewer than those of the exercise, or remove it.
exercise-cannot-end = { $word } does not end by itself. Remove ends_after.
exercise-contradiction = { $fact } stands in must and in must_not. Remove one of them.
exercise-same-number = { $other } has the number { $number } already. Use another one.
exercise-none = The folder has no exercise (*.toml).
exercises-right = { $count ->
    [one] { $count } exercise, and nothing is wrong with it.
   *[other] { $count } exercises, and nothing is wrong with them.
}

## Training: the choice and the briefing
train-choose-title = What would you like to do?
train-choose-hint = All of this is for practice. People and data are made up.
train-look-around = Look around
train-look-around-detail = No task; F1 has all the tools
train-role-shop = Exercises: convenience store
train-role-counter = Exercises: pharmacy and health station
train-role-site = Exercises: vaccination site
train-role-done = { $done } of { $of } completed
train-minutes = { $minutes } min
train-not-done = Not done yet
train-best = Best score { $score }
train-times = { $times ->
    [one] done once
   *[other] done { $times } times
}
train-says = They say ({ $language })
train-situation = Situation
train-task = Your task
train-limits = { $minutes } min; best with no more than { $presses } presses
train-begin = Begin
train-preparing = Getting the practice ready…
train-judging = Working out your result…
train-failed = The practice could not be prepared. Please try again.

## Training: the task card
task-title = Task: { $title }
task-time-left = Time left { $time }
task-used = Presses so far: { $presses } (best within { $of })
task-staff = Your staff card: { $name }. The PIN you remember: { $pin }
task-card-of = Their card: { $name } (F1 to insert it)
task-seen = You can see: { $what }
task-hint = Hint { $nth }: { $hint }
task-next-hint = Next hint ({ $nth } of { $of })
task-no-hint = No more hints
task-finished = I have finished
task-give-up = Give up
give-up-title = Give up this exercise?
give-up-means = What you did in it is not judged and not kept. If you want to see your result, go back to the task and press “{ task-finished }”.
give-up-yes = Yes, give it up
give-up-no = No, back to the task
task-back = Back to the screen
task-cards = Cards and phone
task-line = Task
task-line-hints = { $left ->
    [one] 1 hint left
   *[other] { $left } hints left
}
task-line-cards = Cards

## Training: the result and the replay
result-passed = Done: { $score } points
result-not-passed = Not quite: { $score } points
result-took = Took { $minutes } min { $seconds } sec
result-presses = presses: { $presses }
result-hints = hints: { $hints }
result-before = best before: { $score }
result-time-over = The time is over
result-not-kept = This result could not be saved. Please tell the trainer: { $cause }
result-well = What went well
result-missed = What was not right, and why
result-nothing-well = Nothing yet. Try again, and there will be.
result-all-well = Everything was as it should be.
result-avoided = Did not happen: { $fact }
result-not-met = Missing: { $fact }
result-happened = Must not happen: { $fact }
result-parts = Points
result-part-must = to be done
result-part-must-not = to be avoided
result-part-presses = presses
result-part-hints = hints
result-capped = at most { $score } while something is missing
result-more = More { $page } / { $pages }
result-replay = Replay my steps
result-again = Do it again
result-next = Next exercise
result-to-choice = To the choice
replay-title = My steps ({ $nth } of { $of })
replay-marks = ✓ done well   ✗ mistake   ▲ planned by the exercise
replay-empty = There were no steps in this run.
replay-previous = Step before
replay-further = { $steps } steps on
replay-back = { $steps } steps back
replay-next = Next step
replay-mistake = Next mistake
replay-result = Back to the result
replay-times = { $what } ({ $times } times)

## Training: what is true at the end
fact-booked = { $who } has a booking
fact-details = { $what } ({ $details })
fact-before = before { $moment }
fact-same-hour = at the same time as { $other }
fact-moved = { $who } has another time than before
fact-cancelled = The booking of { $who } is cancelled
fact-registered = { $who } is registered
fact-in-line = { $who } is on the waiting list
fact-told-of-leftovers = { $who } will be told of leftover doses
fact-checked-in = { $who } is checked in
fact-vaccinated = { $who } is vaccinated
fact-lot = lot number { $lot }
fact-people-checked-in = { $people ->
    [one] At least 1 person is checked in
   *[other] At least { $people } people are checked in
}
fact-texted-booked = { $who } got the text message about the booking
fact-texted-moved = { $who } got the text message about the new time
fact-texted-cancelled = { $who } got the text message that it is cancelled
fact-texted-offered = { $who } got the text message about a held place
fact-texted-leftover = { $who } got the text message about leftover doses
fact-receipt-paper = The receipt is printed
fact-receipt-screen = The receipt was on the screen
fact-receipt-code = The QR code was shown large
fact-card-out = The NHI card is taken out
fact-visit-ended = The visit is over, and nothing of the person is left on the screen
fact-spoken = The screen spoke { $language } when it mattered
fact-seen = The page “{ $screen }” was on the screen
fact-times = { $times } times
fact-logged-out = The staff member is logged out
fact-locked = The counter is locked
fact-logged-in = A staff member logged in
fact-consent = The person agreed to the privacy notice before anything was sent
fact-left-unsure = Somebody left before the answer was known
fact-sent-twice = The same thing was sent again as if it were new
fact-within = Done within { $minutes } min { $seconds } sec
fact-presses = No more than { $presses } presses
why-booking = It counts only when its receipt or confirmation is on the screen.
why-desk = After you press the key, wait until the screen says checked in or vaccinated.
why-text = Check the mobile number first: that is where the message goes.
why-receipt = Let the person take the receipt along, or photograph the QR code.
why-leaving = Before leaving, see that the card is out, and that the visit has ended or the screen is locked.
why-language = The language button (.) is at the top right of every screen.
why-unsure = With no answer, wait or retry: a retry never books twice.
why-consent = The person reads the privacy notice and agrees themselves.
why-seen = This page says what the person needs to know.
why-log-in = Work with your own staff card and its PIN.
why-faster = The suggested time and the main button are usually the quickest way.

## Training: screens, acts and what happened, by name
screen-at-rest = Start screen
screen-farewell = Goodbye, take the card
screen-card = Insert the NHI card
screen-entry = Type numbers or a password
screen-waiting = Waiting for the service
screen-why-not = Why not, and when
screen-not-added = Cannot be added
screen-district = Choose a district
screen-intention = Registration
screen-question = Really give it up?
screen-notice = What was done
screen-receipt = Receipt
screen-receipt-code = Large QR code
screen-operator = Operator’s page
screen-scanned = Scanned receipt
screen-counter-free = Counter: waiting for the next person
screen-counter-trouble = Counter: the card or the service fails
screen-site-person = Desk: may check in
screen-site-refusal = Desk: may not check in
act-card-in = Put the card in
act-card-out = Took the card out
act-staff-card-in = Put the staff card in
act-staff-card-out = Took the staff card out
act-start = Started
act-choose = Chose
act-type = Typed
act-agree = Agreed or went on
act-decline = Declined
act-confirm = Confirmed
act-print = Pressed print
act-show-code = Showed the QR code
act-retry = Tried again
act-speak = Changed the language
act-turn = Turned the page
act-stay = Asked for more time
act-other-way = Chose another way in
act-open-page = Opened another page of the counter
act-lock = Locked the counter
act-next-person = Called the next person
act-scan = Scanned a receipt
act-check-in = Checked in
act-vaccinate = Recorded the vaccination
act-larger-type = Larger text or contrast
step-came = This screen came
step-sent = Sent: { $what }
step-sent-again = Sent once more, the same: { $what }
step-sent-anew = Sent again as if it were new: { $what }
step-done = Done: { $what }
step-refused = Not done: { $what }
step-no-answer = No answer, not known: { $what }
step-printed = Printed
step-not-printed = Not printed
step-fault = It went wrong: { $fault }
step-fault-over = It is over: { $fault }
step-hint = Read hint { $nth }
step-logged-in = Logged in
step-wrong-pin = The PIN was wrong
step-consent = Agreed to the privacy notice
sending-booking = booking
sending-move = another time
sending-cancellation = cancelling the booking
sending-registration = registration
sending-withdrawal = cancelling the registration
sending-line = waiting list
sending-leaving-line = leaving the waiting list
sending-leftovers = leftover doses
sending-check-in = check-in
fault-slow-line = the connection is slow
fault-cut-line = the connection is cut
fault-printer-jam = the paper jams in the printer
fault-printer-out = the printer is off
fault-reader-gone = the card reader is unplugged
fault-slot-filled = somebody else took the time
fault-another-card = somebody else put a card in
fault-wrong-pin = the PIN is remembered wrongly
fault-opening-minute = booking opens in a moment
fault-power-cut = the power failed, and it starts again

## Training: more of the trainer's tools
tools-cards = Cards and people
tools-faults = Things that fail
tools-time = Time and training
tools-page = { $title }: { $group }
tools-cover = This covers the page. F1 or any tool shows the page again.
tools-close = Close the tools
tools-unregistered = Card: not registered
tools-too-late = Card: registered too late
tools-later-band = Card: age group opens later
tools-slow = Slow connection
tools-quick = Normal connection speed
tools-reader-out = Unplug card reader
tools-reader-in = Plug card reader in
tools-jam = Jam the next page
tools-no-jam = Clear the paper jam
tools-day-before = The day before it opens
tools-next-round = Go to the next round
tools-reset = Reset to the beginning
tools-exercises = Choose an exercise
