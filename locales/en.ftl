# English, plain (B1).

## Around every screen
service-name = COVID-19 vaccine booking
place-training-store = Practice store
training = TRAINING
time-left = Time left { $time }
step-of = Step { $step } of { $steps }
back = Back
home = Home
leave = Log out
help = Help
bilingual = Show Chinese
more = More (page { $page } of { $pages })
line-lost = No connection. We keep trying.
too-small = The window is too small. Please make it at least { $columns } columns by { $rows } rows.

## Attract
attract-title = Insert your NHI card or touch the screen
attract-round-open = Round { $round }: booking is open until { $until }
attract-round-waits = Round { $round }: booking opens on { $opens }
attract-countdown = Opens in { $time }
attract-round-closed = Round { $round } is closed. Please wait for the next round.
attract-connecting = Connecting. Please wait.
attract-start = Start

## Card
card-insert-title = Please insert your NHI card
card-insert-body = Hold the card with its chip facing up. Push it into the reader in the direction of the arrow.
card-ways = Without the card: other ways
card-reading-title = Reading your card
card-reading-body = Please leave the card in the reader.
card-unreadable-title = This card cannot be read
card-unreadable-body = Take the card out. Check that the chip faces up, wipe it, and insert it again. If it still cannot be read, call 0800-030-598.
card-other-title = This is not an NHI card
card-other-body = Take the card out and insert your NHI card.
card-too-soon-title = The card was taken out too soon
card-too-soon-body = Insert it again and wait until it has been read.
card-no-reader-title = The card reader is not working
card-no-reader-body = Please ask the staff, or go to another store, pharmacy or health station.

## Language and privacy
language-title = Choose your language
privacy-title = Privacy notice
privacy-what = What we use: the name, ID or ARC number, card number and birth date on your NHI card, and your mobile number.
privacy-why = What for: to check that you may be vaccinated, to book for you, and to send you a text message. Nothing else.
privacy-kept = How long: this kiosk keeps nothing and wipes your data when you finish. The booking service keeps your booking as the law says.
privacy-agree = I have read this and I agree
privacy-decline = I do not agree. Leave

## Waiting
wait-standing = Checking if you can book
wait-graphic = Getting the picture code
wait-found = Looking for the booking
wait-seats = Looking for free places
wait-sites = Looking for vaccination sites
wait-slots = Looking for free times
wait-retry-title = No connection at the moment
wait-retry-body = We try again in { $seconds } s (attempt { $attempt }). What you entered is kept.
wait-retry-now = Try again now

## Why not
unknown-person-title = The card number is wrong, or you are not in this round
unknown-person-next = Please check that this is your own valid NHI card. Questions? Call 1922.
try-again = Try again
too-many-wrong-title = Too many wrong tries. Please wait { $time }
too-many-wrong-next = This protects your data. Please wait, or put your NHI card in. Questions? Call 1922.
failed-title = This service is not available right now
failed-next = Please try again later, or call 1922 and give them the code { $code }.
refusal-code = Code { $code } (please give it when you call 1922)
refused-already-booked = You already have a booking in this round
refused-already-booked-next = Choose “My booking” to see the date and place.
refused-not-in-round = You cannot be vaccinated in this round
refused-not-in-round-next = Please wait for the next round. Questions? Call 1922.
refused-not-registered = You have not registered yet
refused-not-registered-next = Please choose “Register for a vaccine”. You get a text message when you can book.
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

## Service
service-title = What would you like to do?
service-book = Book a vaccination
service-intention = Register for a vaccine
service-intention-there = Registered: see, change or cancel it
service-intention-next = This round’s deadline is over: you register for the next one
service-my-booking = My booking
service-no-booking = You have no booking
service-help = Help and hotlines
service-help-detail = 1922, 1955, 0800-030-598

## Phone
phone-offer-title = Which mobile number should get the text message?
phone-offer-registered = The number you registered: { $mobile }
phone-offer-other = Enter another number
phone-title = Enter your mobile number
phone-hint = 10 digits, starting with 09
phone-erase = Delete
phone-clear = Clear all
phone-check-title = Is this mobile number right?
phone-check-hint = Please check every digit. Your reminder goes to this number.
phone-yes = Yes, it is right
phone-no = No, enter it again
phone-wrong = This is not a mobile number. Please enter 10 digits, starting with 090 to 098.

## Region, site, slot
county-title = Choose a city or county
district-title = Choose a district in { $county }
region-registered = Where you registered: { $district }
seats-free = { $seats } free
seats-full = Full
no-sites = There is no site here now. Please go back and choose another area.
site-title = Choose a site in { $district }
site-made-up = All places below are made up for training.
site-nearest = Nearest area with free places: { $district } (about { $kilometres } km)
brand-az = AstraZeneca (AZ)
brand-moderna = Moderna
slot-title = Choose a date and time
slot-hint = With number keys: first the number of the date, then the number of the time.
slot-was-taken = The time you chose has just become full. Please choose another. Everything else is kept.
slot-all-full = All times at this site are full.
slot-other-site = Choose another site

## Review and submit
review-title = Please check your booking
review-person = { $name }   { $id }
review-phone = Mobile number
review-place = Site
review-time = Date and time
review-change = Change
review-confirm = Confirm and book
review-intention-title = Please check your registration
review-intention-confirm = Register
review-move-title = Change to this time?
review-move-from = Your booking now
review-move-confirm = Change it (the old time is kept until the new one is sure)
submit-title = Sending your booking
submit-body = Please leave your card in. Your booking number will appear here.
submit-retry-title = The line is slow. There is no answer yet
submit-retry-body = We send it again in { $seconds } s (attempt { $attempt }).
submit-safe = It is the same booking each time, so you cannot be booked twice. Until the answer comes, it is not sure that you are booked.
submit-change-title = Sending
submit-change-body = Please wait. You will see the result.
submit-change-safe = It is the same request again; nothing is done twice. Until there is an answer, it is not certain.

## Receipt
receipt-title = You are booked
receipt-existing-title = Your booking
receipt-moved-title = Your booking was changed
receipt-number = Booking number { $number }
receipt-made = Booked at { $made }
receipt-when = Date and time
receipt-where = Site
receipt-vaccine = Vaccine
receipt-phone = Mobile number { $mobile }
receipt-reminder = Bring your NHI card and your ID. Please be on time. If you miss it, you must book again in the next round.
receipt-cancel-elsewhere = To cancel: 1922.gov.tw, the NHI app, a health station or a pharmacy.
receipt-qr-hint = Take a photo of the QR code and show it on the day.
receipt-show-qr = Show QR code
receipt-move = Change
receipt-cancel = Cancel booking
receipt-done = Finish

## The end of a session
farewell-finished = Thank you. You are finished
farewell-pulled = The card was taken out. This session has ended
farewell-time-up = Time is up. This session has ended
farewell-idle = There was no input for a while. This session has ended
farewell-left = You are logged out
farewell-take-card = Please take your NHI card
farewell-wiped = Your data has been wiped from this kiosk.
farewell-unsure = We got no answer about your booking. Please insert your card again and choose “My booking” to see if it is there.
idle-title = Are you still there?
idle-body = In { $seconds } s the session ends and your data is wiped.
idle-stay = Yes, continue

## Help
help-title = Help
help-keys-title = How to use this kiosk
help-keys = Touch the buttons, press number keys, or use the arrow keys and Enter. Esc or - goes back, * is home, / is help, . is language.
help-card-title = Where is the card number?
help-card = At the lower left of the front of your NHI card: 12 digits.
help-cancel-title = How do I cancel a booking?
help-cancel = While booking is open: at 1922.gov.tw, in the NHI app, at a health station or a pharmacy. A convenience store cannot cancel.
help-lines-title = Hotlines
help-line-1922 = 1922   Disease control
help-line-1955 = 1955   Migrant workers (also on LINE)
help-line-nhi = 0800-030-598, 4128-678   Health insurance
help-line-165 = 165   Fraud

## Registration, changes, cancelling
brands-title = Which vaccines would you accept?
brands-hint = All are ticked. Untick what you do not want.
brands-one-stays = At least one vaccine must stay ticked.
brands-confirm = Continue
intention-done = You are registered
intention-existing = Your registration
intention-number = Registration number { $number }
intention-not-a-turn = The number is not your place in a queue.
intention-registered = Registered at
intention-region = Area
intention-reminder = You are registered only. When you can book a time, you get a text message.
intention-change = Change it
intention-withdraw = Cancel it
withdraw-title = Cancel your registration?
withdraw-warning = You will not be told when you can book. You may register again, but the time counts anew.
withdraw-no = No, keep it
withdraw-yes = Yes, cancel it
withdrawn-title = Your registration was cancelled
withdrawn-body = You may register again if you change your mind.
cancel-title = Cancel this vaccination booking?
cancel-warning = The place is given away at once. You may not get the same time again.
cancel-no = No, keep it
cancel-yes = Yes, cancel it
cancelled-title = Your booking was cancelled
cancelled-body = You can still book again while this round is open.
notice-services = Back to the services

## Ways in
ways-title = How would you like to identify yourself?
way-card = NHI card + registered password
way-card-needs = You need: your NHI card
way-app = NHI app + code
way-app-needs = You need: ID or ARC number, and the six digits of the app
way-numbers = ID number + NHI card number
way-numbers-needs = You need: ID or ARC number, and the 12 digits on the card
way-query = See your latest booking
way-query-needs = Only to look: ID or ARC number, and the last 3 digits of the mobile number
check-title = System check
check-running = Checking. Please wait.
check-reader = Card reader
check-version = Reader software
check-line = Connection
check-clock = Clock
check-printer = Printer
check-missing = Not found
check-millis = { $millis } ms
check-seconds = { $seconds } s off
check-no-printer = None
check-pass = ✓ Pass
check-fail = ✗ Fail
check-unneeded = — Not needed
check-proceed = All right: identify yourself
check-again = Check again
entry-id = Type your ID or ARC number
entry-id-wrong = This is not a valid number. Please erase and type again
entry-id-hint = A letter first, ten characters in all.
entry-card = Type the number of your NHI card
entry-card-hint = 12 digits, at the lower left of the front of the card.
entry-app = Type the code of the NHI app
entry-app-hint = Open the app and choose the NHI card OTP. The six digits are valid for 3 minutes.
entry-password = Type your registered password (12 characters at most)
entry-mobile-end = Type the last 3 digits of the mobile number
entry-mobile-end-hint = Of the number given for the booking.
entry-done = Done
graphic-title = Type the 4 digits in the picture
graphic-wrong = Not right. Please try this new picture
graphic-new = Another one
graphic-larger = Larger picture
graphic-usual = Usual size
found-title = The latest booking

## The trainer's drawer
drawer-title = Training tools
drawer-hint = All people and data are made up. F1 opens and closes this, F2 and F3 insert a card, F4 pulls it.
drawer-may-book = Card: may book
drawer-migrant = Card: migrant worker (ARC)
drawer-not-in-round = Card: not in this round
drawer-booked = Card: already booked
drawer-damaged = Card: damaged
drawer-pull = Pull the card
drawer-cut = Cut the line
drawer-mend = Mend the line
drawer-fill = Fill a time slot
drawer-fill-none = Fill a slot: while choosing a time
drawer-jump = Jump to the opening
drawer-no-card = No card in the reader
drawer-quit = Quit the training

## vaxkiosk verify
verify-valid = Valid
verify-training = TRAINING receipt: not a real booking
verify-round = Round { $round }
verify-site = Site number { $site }
verify-slot = Date and time { $slot }
verify-not-a-receipt = Not valid: this is not a receipt (it should begin with VAX1:).
verify-damaged = Not valid: the text is incomplete or damaged. Please scan it again.
verify-wrong-signature = Not valid: the signature is wrong. The text was changed, or this service did not issue it.
verify-wrong-claims = Not valid: the signature is right, but this is not a receipt.
verify-bad-key = The public key file must hold 64 hexadecimal digits. Please check the file given with --key.
terminal-needed = Please run this program in a terminal (it needs a screen and a keyboard).

## vaxkiosk serve, admin, rush
config-unreadable = { $file } cannot be read: { $cause }. Please check its path and permissions.
config-toml = Mistake in { $at }: { $cause }
config-listen = Mistake in { $at }: listen must be an address and a port, for example "127.0.0.1:8443".
config-database = Mistake in { $at }: database must be "sqlite:FILE" or "postgres://…".
config-plain-outside = Mistake in { $at }: without [tls] only this machine's own address (127.0.0.1) is allowed. Add [tls], or set behind_a_proxy = true if a proxy encrypts for the service.
config-secret = Mistake in { $at }: a secret must be 64 hexadecimal digits.
keys-missing = There is no key file { $file }. Make it with: vaxkiosk admin keys
keys-open = Other users can read the key file { $file }. Please run: chmod 600 { $file }
keys-training = { $file } holds the training keys, which everybody knows. A real service may not use them. Make new ones with: vaxkiosk admin keys
keys-made = Key file { $file } made. Keep a copy in a safe place, never together with the database.
keys-public = Public key for checking receipts: { $key }
database-failed = Database error: { $cause }. Please check database in the settings.
tls-failed = Certificate error: { $cause }. Please check [tls] in the settings.
listen-failed = The service cannot listen on { $address }: { $cause }.
machine-failed = System error: { $cause }
device-added = Kiosk “{ $name }” added. Its token (shown only this once): { $token }
device-added-certificate = Kiosk “{ $name }” added. It is known by its certificate.
device-taken = There is already a kiosk with this name, token or certificate. Nothing was changed.
device-none = There are no kiosks yet.
device-revoked = Kiosk “{ $name }” revoked. The service refuses it within a second.
device-revoked-since = revoked ({ $when })
device-unknown = There is no kiosk “{ $name }” in use.
device-by-token = in use (token)
device-by-certificate = in use (certificate)
practice-made = Practice round made: { $people } people, { $kiosks } kiosks, { $seats } seats. All of it is made up.
practice-not-empty = The database is not empty. A practice round can be made only in an empty one.
rush-offered = Bookings sent
rush-booked = Booked
rush-full = Left because all was full
rush-refused = Refused by a rule
rush-errors = Errors without recovery
rush-retries-busy = Retries (service busy)
rush-retries-gone = Retries (line lost)
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
