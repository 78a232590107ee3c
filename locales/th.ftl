# ภาษาไทย

## Around every screen
service-name = จองฉีดวัคซีนโควิด-19
place-training-store = ร้านฝึกหัด
training = ฝึกอบรม
time-left = เหลือเวลา { $time }
step-of = ขั้นที่ { $step }/{ $steps }
back = ย้อนกลับ
home = หน้าแรก
leave = ออกจากระบบ
help = วิธีใช้
bilingual = แสดงภาษาจีน
more = เพิ่มเติม (หน้า { $page }/{ $pages })
line-lost = การเชื่อมต่อขาด ระบบกำลังเชื่อมต่อใหม่
too-small = หน้าต่างเล็กเกินไป กรุณาขยายให้ได้อย่างน้อย { $columns } คอลัมน์ { $rows } แถว

## Attract
attract-title = กรุณาเสียบบัตรประกันสุขภาพ หรือแตะหน้าจอ
attract-round-open = รอบที่ { $round } เปิดจองฉีดวัคซีนถึง { $until }
attract-round-waits = รอบที่ { $round } จะเปิดจองวันที่ { $opens }
attract-countdown = จะเปิดในอีก { $time }
attract-round-closed = รอบที่ { $round } ปิดจองแล้ว กรุณารอประกาศรอบถัดไป
attract-connecting = กำลังเชื่อมต่อ กรุณารอสักครู่
attract-start = เริ่ม

## Card
card-insert-title = กรุณาเสียบบัตรประกันสุขภาพ
card-insert-body = หงายด้านที่มีชิปขึ้น แล้วเสียบบัตรตามทิศทางลูกศร
card-ways = ไม่ใช้บัตร: วิธีอื่น
card-reading-title = กำลังอ่านบัตร กรุณารอสักครู่
card-reading-body = กรุณาอย่าดึงบัตรออกขณะอ่าน
card-unreadable-title = อ่านบัตรนี้ไม่ได้
card-unreadable-body = ดึงบัตรออก ตรวจว่าชิปหงายขึ้น เช็ดชิปแล้วเสียบใหม่ หากยังอ่านไม่ได้ กรุณาโทร 0800-030-598
card-other-title = บัตรนี้ไม่ใช่บัตรประกันสุขภาพ
card-other-body = ดึงบัตรออก แล้วเสียบบัตรประกันสุขภาพของคุณ
card-too-soon-title = ดึงบัตรออกเร็วเกินไป
card-too-soon-body = กรุณาเสียบบัตรใหม่และรอจนอ่านเสร็จ
card-no-reader-title = เครื่องอ่านบัตรใช้งานไม่ได้
card-no-reader-body = กรุณาแจ้งพนักงาน หรือไปที่ร้านสะดวกซื้อ ร้านขายยา หรือสถานีอนามัยอื่น

## Language and privacy
language-title = กรุณาเลือกภาษา
privacy-title = ประกาศความเป็นส่วนตัว
privacy-what = ข้อมูลที่ใช้: ชื่อ เลขประจำตัวหรือเลขใบถิ่นที่อยู่ (ARC) เลขบัตร วันเกิดในบัตรประกันสุขภาพ และเบอร์มือถือของคุณ
privacy-why = ใช้เพื่อ: ตรวจสอบสิทธิ์ฉีดวัคซีน จองคิว และส่งข้อความถึงคุณเท่านั้น
privacy-kept = การเก็บรักษา: เครื่องนี้ไม่เก็บข้อมูลและลบทันทีเมื่อเสร็จ ระบบจองเก็บการจองไว้ตามกฎหมาย
privacy-agree = อ่านแล้วและยินยอม
privacy-decline = ไม่ยินยอม ออก

## Waiting
wait-standing = กำลังตรวจสอบสิทธิ์ของคุณ
wait-graphic = กำลังสร้างรหัสภาพ
wait-found = กำลังค้นหาการจอง
wait-seats = กำลังค้นหาที่ว่างในแต่ละพื้นที่
wait-sites = กำลังค้นหาสถานที่ฉีดวัคซีน
wait-slots = กำลังค้นหาเวลาที่ว่าง
wait-retry-title = ขณะนี้เชื่อมต่อไม่ได้
wait-retry-body = จะลองใหม่ในอีก { $seconds } วินาที (ครั้งที่ { $attempt }) ข้อมูลที่กรอกไว้ยังอยู่
wait-retry-now = ลองใหม่ตอนนี้

## Why not
unknown-person-title = เลขบัตรไม่ถูกต้อง หรือคุณไม่อยู่ในกลุ่มของรอบนี้
unknown-person-next = กรุณาตรวจว่าเป็นบัตรประกันสุขภาพของคุณเองและยังใช้ได้ หากมีข้อสงสัย กรุณาโทร 1922
try-again = ลองอีกครั้ง
too-many-wrong-title = ใส่ผิดหลายครั้ง กรุณารอ { $time }
too-many-wrong-next = เพื่อปกป้องข้อมูลของคุณ กรุณารอ หรือใส่บัตรประกันสุขภาพ หากมีข้อสงสัย โทร 1922
failed-title = บริการนี้ใช้งานไม่ได้ชั่วคราว
failed-next = กรุณาลองใหม่ภายหลัง หรือโทร 1922 และแจ้งรหัส { $code }
refusal-code = รหัส { $code } (กรุณาแจ้งเมื่อโทร 1922)
refused-already-booked = คุณจองในรอบนี้แล้ว
refused-already-booked-next = เลือก “การจองของฉัน” เพื่อดูวันเวลาและสถานที่
refused-not-in-round = คุณไม่มีสิทธิ์ฉีดวัคซีนในรอบนี้
refused-not-in-round-next = กรุณารอประกาศรอบถัดไป หากมีข้อสงสัย กรุณาโทร 1922
refused-not-registered = คุณยังไม่ได้ลงทะเบียนความประสงค์
refused-not-registered-next = กรุณาเลือก “ลงทะเบียนความประสงค์” เมื่อมีสิทธิ์จองจะได้รับข้อความ
refused-too-late = คุณลงทะเบียนหลังกำหนดของรอบนี้ ({ $until })
refused-too-late-next = การลงทะเบียนยังใช้ได้ กรุณารอข้อความของรอบถัดไป
refused-brand = วัคซีนรอบนี้ไม่ใช่ชนิดที่คุณเลือกไว้ตอนลงทะเบียน
refused-brand-next = หลังจบรอบนี้คุณแก้ไขการลงทะเบียนได้ แล้วรอรอบถัดไป
refused-not-open = ยังไม่เปิดจอง จะเปิดวันที่ { $opens }
refused-not-open-next = กรุณากลับมาใหม่เมื่อเปิดแล้ว ลำดับการลงทะเบียนไม่มีผล
refused-closed = รอบนี้ปิดจองเมื่อ { $closed }
refused-closed-next = กรุณารอประกาศรอบถัดไป
refused-full = เวลานี้เพิ่งเต็ม
refused-full-next = กรุณาเลือกเวลาอื่น ข้อมูลอื่นยังอยู่
refused-gone = เวลานี้จองไม่ได้แล้ว
refused-age = ช่วงอายุของคุณจองได้ตั้งแต่ { $opens }
refused-age-next = รอบนี้เปิดทีละช่วงอายุ กรุณากลับมาหลังเวลาข้างต้น
refused-counties = รอบนี้เปิดเฉพาะบางพื้นที่ ไม่รวมพื้นที่ที่คุณลงทะเบียน
refused-counties-next = การลงทะเบียนยังใช้ได้ กรุณารอข้อความของรอบถัดไป
refused-registration-not-open = ยังไม่เปิดลงทะเบียน จะเปิดวันที่ { $opens }
refused-registration-not-open-next = กรุณากลับมาใหม่เมื่อเปิดแล้ว
refused-registration-closed = รอบนี้ปิดลงทะเบียนเมื่อ { $closed }
refused-registration-closed-next = กรุณารอประกาศรอบถัดไป
refused-counted = การลงทะเบียนของคุณถูกนับในรอบนี้แล้ว แก้ไขไม่ได้ก่อน { $until }
refused-counted-next = ตอนจองยังใช้เบอร์มือถืออื่นได้ ข้อมูลอื่นกรุณาแก้ไขหลังจบรอบนี้
refused-no-booking = ไม่พบการจองนี้ อาจถูกยกเลิกไปแล้ว
refused-no-booking-next = กรุณากลับหน้าแรกเพื่อดูการจองอีกครั้ง

## Service
service-title = กรุณาเลือกบริการ
service-book = จองฉีดวัคซีน
service-intention = ลงทะเบียนความประสงค์
service-intention-there = ลงทะเบียนแล้ว: ดู แก้ไข หรือยกเลิก
service-intention-next = รอบนี้หมดเขตแล้ว ลงทะเบียนตอนนี้จะนับเป็นรอบถัดไป
service-my-booking = การจองของฉัน
service-no-booking = ยังไม่มีการจอง
service-help = วิธีใช้และสายด่วน
service-help-detail = 1922, 1955, 0800-030-598

## Phone
phone-offer-title = ส่งข้อความไปที่เบอร์มือถือใด
phone-offer-registered = เบอร์ที่ลงทะเบียนไว้ { $mobile }
phone-offer-other = กรอกเบอร์อื่น
phone-title = กรุณากรอกเบอร์มือถือ
phone-hint = 10 หลัก ขึ้นต้นด้วย 09
phone-erase = ลบ
phone-clear = ลบทั้งหมด
phone-check-title = เบอร์มือถือนี้ถูกต้องหรือไม่
phone-check-hint = กรุณาตรวจทีละตัวเลข ข้อความเตือนจะส่งไปที่เบอร์นี้
phone-yes = ถูกต้อง
phone-no = ไม่ถูกต้อง กรอกใหม่
phone-wrong = ไม่ใช่เบอร์มือถือ กรุณากรอก 10 หลัก ขึ้นต้นด้วย 090 ถึง 098

## Region, site, slot
county-title = กรุณาเลือกเมืองหรือเทศมณฑล
district-title = กรุณาเลือกเขตใน { $county }
region-registered = พื้นที่ที่ลงทะเบียนไว้: { $district }
seats-free = ว่าง { $seats }
seats-full = เต็ม
no-sites = ที่นี่ยังไม่มีสถานที่ฉีดวัคซีน กรุณาย้อนกลับและเลือกพื้นที่อื่น
site-title = กรุณาเลือกสถานที่ฉีดวัคซีนใน { $district }
site-made-up = สถานที่ทั้งหมดด้านล่างสมมติขึ้นเพื่อการฝึกอบรม
site-nearest = พื้นที่ใกล้สุดที่ยังว่าง: { $district } (ประมาณ { $kilometres } กม.)
brand-az = แอสตร้าเซนเนก้า (AZ)
brand-moderna = โมเดอร์นา
slot-title = กรุณาเลือกวันและเวลา
slot-hint = ใช้ปุ่มตัวเลข: กดเลขของวันก่อน แล้วกดเลขของเวลา
slot-was-taken = เวลาที่คุณเลือกเพิ่งเต็ม กรุณาเลือกเวลาอื่น ข้อมูลอื่นยังอยู่
slot-all-full = สถานที่นี้เต็มทุกช่วงเวลา
slot-other-site = เลือกสถานที่อื่น

## Review and submit
review-title = กรุณาตรวจสอบการจอง
review-person = { $name }   { $id }
review-phone = เบอร์มือถือ
review-place = สถานที่
review-time = วันเวลา
review-change = แก้ไข
review-confirm = ยืนยันการจอง
review-intention-title = กรุณาตรวจสอบข้อมูลการลงทะเบียน
review-intention-confirm = ยืนยันการลงทะเบียน
review-move-title = เปลี่ยนเป็นเวลานี้ใช่ไหม
review-move-from = การจองปัจจุบัน
review-move-confirm = เปลี่ยน (เวลาเดิมยังอยู่จนกว่าจะได้เวลาใหม่)
submit-title = กำลังส่งการจอง
submit-body = กรุณาอย่าดึงบัตรออก หมายเลขการจองจะแสดงที่นี่
submit-retry-title = การเชื่อมต่อช้า ยังไม่ได้รับผล
submit-retry-body = จะส่งใหม่ในอีก { $seconds } วินาที (ครั้งที่ { $attempt })
submit-safe = เป็นการจองเดิมทุกครั้ง จึงไม่จองซ้ำ จนกว่าจะได้รับผล ยังไม่แน่ว่าจองสำเร็จ
submit-change-title = กำลังส่ง
submit-change-body = กรุณารอสักครู่ ผลจะแสดงเมื่อเสร็จ
submit-change-safe = ส่งคำขอเดิมอีกครั้ง ไม่ซ้ำซ้อน ยังไม่แน่นอนจนกว่าจะได้รับผล

## Receipt
receipt-title = จองสำเร็จแล้ว
receipt-existing-title = การจองของคุณ
receipt-moved-title = เปลี่ยนการจองแล้ว
receipt-number = หมายเลขการจอง { $number }
receipt-made = จองเมื่อ { $made }
receipt-when = วันเวลา
receipt-where = สถานที่
receipt-vaccine = วัคซีน
receipt-phone = เบอร์มือถือ { $mobile }
receipt-reminder = นำบัตรประกันสุขภาพและบัตรประจำตัวมาด้วย และมาให้ตรงเวลา หากไม่มาต้องจองใหม่ในรอบถัดไป
receipt-cancel-elsewhere = ยกเลิกได้ที่ 1922.gov.tw แอปประกันสุขภาพ สถานีอนามัย หรือร้านขายยา
receipt-qr-hint = ถ่ายรูปคิวอาร์โค้ดไว้ และแสดงในวันฉีด
receipt-show-qr = แสดง QR
receipt-move = เปลี่ยน
receipt-cancel = ยกเลิกการจอง
receipt-done = เสร็จสิ้น

## The end of a session
farewell-finished = ขอบคุณ ดำเนินการเสร็จแล้ว
farewell-pulled = ดึงบัตรออกแล้ว การใช้งานสิ้นสุด
farewell-time-up = หมดเวลา การใช้งานสิ้นสุด
farewell-idle = ไม่มีการใช้งานนานเกินไป การใช้งานสิ้นสุด
farewell-left = ออกจากระบบแล้ว
farewell-take-card = กรุณารับบัตรประกันสุขภาพคืน
farewell-wiped = ลบข้อมูลของคุณออกจากเครื่องนี้แล้ว
farewell-unsure = ยังไม่ได้รับผลการจอง กรุณาเสียบบัตรใหม่ แล้วเลือก “การจองของฉัน” เพื่อตรวจสอบ
idle-title = คุณยังอยู่หรือไม่
idle-body = อีก { $seconds } วินาทีจะสิ้นสุดการใช้งานและลบข้อมูลของคุณ
idle-stay = ยังอยู่ ทำต่อ

## Help
help-title = วิธีใช้
help-keys-title = วิธีใช้เครื่องนี้
help-keys = แตะปุ่ม กดปุ่มตัวเลข หรือใช้ปุ่มลูกศรกับ Enter กด Esc หรือ - เพื่อย้อนกลับ * หน้าแรก / วิธีใช้ . ภาษา
help-card-title = เลขบัตรประกันสุขภาพอยู่ที่ไหน
help-card = ตัวเลข 12 หลัก ที่มุมล่างซ้ายด้านหน้าบัตร
help-cancel-title = ยกเลิกการจองอย่างไร
help-cancel = ในช่วงเปิดจอง: ที่ 1922.gov.tw แอปประกันสุขภาพ สถานีอนามัย หรือร้านขายยา ร้านสะดวกซื้อยกเลิกไม่ได้
help-lines-title = สายด่วน
help-line-1922 = 1922   ป้องกันโรค
help-line-1955 = 1955   แรงงานข้ามชาติ (มี LINE)
help-line-nhi = 0800-030-598, 4128-678   ประกันสุขภาพ
help-line-165 = 165   ป้องกันการหลอกลวง

## ลงทะเบียน แก้ไข ยกเลิก
brands-title = กรุณาเลือกชนิดวัคซีน
brands-hint = เลือกไว้ทั้งหมดแล้ว เอาเครื่องหมายออกหากไม่ต้องการ
brands-one-stays = ต้องเลือกอย่างน้อยหนึ่งชนิด
brands-confirm = ต่อไป
intention-done = ลงทะเบียนเรียบร้อย
intention-existing = การลงทะเบียนของคุณ
intention-number = หมายเลขลงทะเบียน { $number }
intention-not-a-turn = หมายเลขนี้ไม่ใช่ลำดับการจอง
intention-registered = เวลาที่ลงทะเบียน
intention-region = พื้นที่ฉีดวัคซีน
intention-reminder = นี่เป็นเพียงการลงทะเบียน เมื่อจองเวลาได้จะมีข้อความแจ้ง
intention-change = แก้ไข
intention-withdraw = ยกเลิก
withdraw-title = ยกเลิกการลงทะเบียนใช่ไหม
withdraw-warning = หลังยกเลิกจะไม่ได้รับแจ้ง ลงทะเบียนใหม่ได้แต่เริ่มนับเวลาใหม่
withdraw-no = ไม่ เก็บไว้
withdraw-yes = ใช่ ยกเลิก
withdrawn-title = ยกเลิกการลงทะเบียนแล้ว
withdrawn-body = หากเปลี่ยนใจ ลงทะเบียนใหม่ได้
cancel-title = ยกเลิกการจองฉีดวัคซีนนี้ใช่ไหม
cancel-warning = ที่นั่งจะว่างทันที อาจจองเวลาเดิมไม่ได้อีก
cancel-no = ไม่ เก็บการจองไว้
cancel-yes = ใช่ ยกเลิกการจอง
cancelled-title = ยกเลิกการจองแล้ว
cancelled-body = ระหว่างที่รอบนี้เปิด คุณจองใหม่ได้
notice-services = กลับไปหน้าบริการ

## วิธียืนยันตัวตน
ways-title = กรุณาเลือกวิธียืนยันตัวตน
way-card = บัตรประกันสุขภาพ + รหัสผ่านที่ลงทะเบียน
way-card-needs = ต้องใช้: บัตรประกันสุขภาพ
way-app = แอปประกันสุขภาพ + รหัส OTP
way-app-needs = ต้องใช้: เลขประจำตัวหรือ ARC และรหัส 6 หลัก
way-numbers = เลขประจำตัว + เลขบัตรประกันสุขภาพ
way-numbers-needs = ต้องใช้: เลขประจำตัวหรือ ARC และเลข 12 หลักบนบัตร
way-query = ค้นหาการจองแบบย่อ
way-query-needs = ดูเท่านั้น: เลขประจำตัวหรือ ARC และเลขท้ายมือถือ 3 ตัว
check-title = ตรวจสอบระบบ
check-running = กำลังตรวจสอบ กรุณารอ
check-reader = เครื่องอ่านบัตร
check-version = รุ่นของเครื่องอ่าน
check-line = การเชื่อมต่อ
check-clock = นาฬิกา
check-printer = เครื่องพิมพ์
check-missing = ไม่พบ
check-millis = { $millis } มิลลิวินาที
check-seconds = คลาดเคลื่อน { $seconds } วินาที
check-no-printer = ไม่มี
check-pass = ✓ ผ่าน
check-fail = ✗ ไม่ผ่าน
check-unneeded = — ไม่ต้องใช้
check-proceed = เรียบร้อย: ไปยืนยันตัวตน
check-again = ตรวจอีกครั้ง
entry-id = กรุณาใส่เลขประจำตัวหรือเลขใบถิ่นที่อยู่ (ARC)
entry-id-wrong = เลขไม่ถูกต้อง กรุณาลบแล้วใส่ใหม่
entry-id-hint = ขึ้นต้นด้วยตัวอักษร รวม 10 ตัว
entry-card = กรุณาใส่เลขบัตรประกันสุขภาพ
entry-card-hint = ตัวเลข 12 หลัก มุมล่างซ้ายด้านหน้าบัตร
entry-app = กรุณาใส่รหัส OTP จากแอปประกันสุขภาพ
entry-app-hint = เปิดแอปแล้วเลือก OTP ของบัตรประกันสุขภาพ รหัส 6 หลักใช้ได้ 3 นาที
entry-password = กรุณาใส่รหัสผ่านที่ลงทะเบียน (ไม่เกิน 12 ตัว)
entry-mobile-end = กรุณาใส่เลขท้ายเบอร์มือถือ 3 ตัว
entry-mobile-end-hint = เบอร์ที่ใช้ตอนจอง
entry-done = ตกลง
graphic-title = กรุณาใส่ตัวเลข 4 ตัวในภาพ
graphic-wrong = ไม่ถูกต้อง กรุณาลองภาพใหม่
graphic-new = ภาพใหม่
graphic-larger = ขยายภาพ
graphic-usual = ขนาดปกติ
found-title = การจองล่าสุด

## The trainer's drawer
drawer-title = เครื่องมือฝึกอบรม
drawer-hint = บุคคลและข้อมูลทั้งหมดสมมติขึ้น F1 เปิดและปิด F2 และ F3 เสียบบัตร F4 ดึงบัตร
drawer-may-book = บัตร: จองได้
drawer-migrant = บัตร: แรงงานข้ามชาติ (ARC)
drawer-not-in-round = บัตร: ไม่อยู่ในรอบนี้
drawer-booked = บัตร: จองแล้ว
drawer-damaged = บัตร: ชำรุด
drawer-pull = ดึงบัตรออก
drawer-cut = ตัดการเชื่อมต่อ
drawer-mend = เชื่อมต่อใหม่
drawer-fill = ทำให้ช่วงเวลาหนึ่งเต็ม
drawer-fill-none = ทำให้เต็ม: เฉพาะขณะเลือกเวลา
drawer-jump = ข้ามไปก่อนเปิดจอง
drawer-no-card = ไม่มีบัตรในเครื่อง
drawer-quit = ออกจากการฝึกอบรม

## vaxkiosk verify
verify-valid = ถูกต้อง
verify-training = ใบรับสำหรับฝึกอบรม: ไม่ใช่การจองจริง
verify-round = รอบที่ { $round }
verify-site = หมายเลขสถานที่ { $site }
verify-slot = วันเวลา { $slot }
verify-not-a-receipt = ไม่ถูกต้อง: ไม่ใช่ใบรับการจอง (ต้องขึ้นต้นด้วย VAX1:)
verify-damaged = ไม่ถูกต้อง: ข้อความไม่ครบหรือเสียหาย กรุณาสแกนใหม่
verify-wrong-signature = ไม่ถูกต้อง: ลายเซ็นไม่ตรง ข้อความถูกแก้ไข หรือระบบนี้ไม่ได้ออกให้
verify-wrong-claims = ไม่ถูกต้อง: ลายเซ็นถูกต้อง แต่ไม่ใช่ใบรับการจอง
verify-bad-key = ไฟล์กุญแจสาธารณะต้องมีเลขฐานสิบหก 64 ตัว กรุณาตรวจไฟล์ที่ระบุใน --key
terminal-needed = กรุณาเปิดโปรแกรมนี้ในเทอร์มินัล (ต้องมีจอและแป้นพิมพ์)

## vaxkiosk serve, admin, rush
config-unreadable = อ่าน { $file } ไม่ได้: { $cause } กรุณาตรวจสอบตำแหน่งและสิทธิ์ของไฟล์
config-toml = ไฟล์ตั้งค่ามีข้อผิดพลาด ({ $at }): { $cause }
config-listen = ไฟล์ตั้งค่ามีข้อผิดพลาด ({ $at }): listen ต้องเป็นที่อยู่และพอร์ต เช่น "127.0.0.1:8443"
config-database = ไฟล์ตั้งค่ามีข้อผิดพลาด ({ $at }): database ต้องเป็น "sqlite:ไฟล์" หรือ "postgres://…"
config-plain-outside = ไฟล์ตั้งค่ามีข้อผิดพลาด ({ $at }): หากไม่มี [tls] จะใช้ได้เฉพาะที่อยู่ของเครื่องนี้ (127.0.0.1) กรุณาเพิ่ม [tls] หรือตั้ง behind_a_proxy = true หากพร็อกซีเข้ารหัสให้
config-secret = ไฟล์กุญแจมีข้อผิดพลาด ({ $at }): ต้องเป็นเลขฐานสิบหก 64 หลัก
keys-missing = ไม่พบไฟล์กุญแจ { $file } กรุณาสร้างด้วยคำสั่ง vaxkiosk admin keys
keys-open = ผู้ใช้อื่นอ่านไฟล์กุญแจ { $file } ได้ กรุณาสั่ง chmod 600 { $file }
keys-training = { $file } เป็นกุญแจสำหรับฝึกอบรมซึ่งทุกคนรู้ ห้ามใช้กับบริการจริง กรุณาสร้างใหม่ด้วยคำสั่ง vaxkiosk admin keys
keys-made = สร้างไฟล์กุญแจ { $file } แล้ว กรุณาเก็บสำเนาไว้ในที่ปลอดภัย อย่าเก็บรวมกับฐานข้อมูล
keys-public = กุญแจสาธารณะสำหรับตรวจใบรับการจอง: { $key }
database-failed = ฐานข้อมูลผิดพลาด: { $cause } กรุณาตรวจสอบ database ในไฟล์ตั้งค่า
tls-failed = ใบรับรองผิดพลาด: { $cause } กรุณาตรวจสอบ [tls] ในไฟล์ตั้งค่า
listen-failed = เปิดบริการที่ { $address } ไม่ได้: { $cause }
machine-failed = ระบบผิดพลาด: { $cause }
device-added = เพิ่มเครื่อง “{ $name }” แล้ว โทเค็น (แสดงครั้งนี้ครั้งเดียว): { $token }
device-added-certificate = เพิ่มเครื่อง “{ $name }” แล้ว ยืนยันตัวด้วยใบรับรอง
device-taken = มีเครื่องที่ใช้ชื่อ โทเค็น หรือใบรับรองนี้อยู่แล้ว ไม่มีการเปลี่ยนแปลงใด ๆ
device-none = ยังไม่มีเครื่อง
device-revoked = ยกเลิกเครื่อง “{ $name }” แล้ว บริการจะปฏิเสธภายในหนึ่งวินาที
device-revoked-since = ยกเลิกแล้ว ({ $when })
device-unknown = ไม่มีเครื่อง “{ $name }” ที่ใช้งานอยู่
device-by-token = ใช้งานอยู่ (โทเค็น)
device-by-certificate = ใช้งานอยู่ (ใบรับรอง)
practice-made = สร้างรอบสำหรับฝึกแล้ว: { $people } คน { $kiosks } เครื่อง { $seats } ที่ ทั้งหมดเป็นข้อมูลสมมติ
practice-not-empty = ฐานข้อมูลไม่ว่าง สร้างรอบสำหรับฝึกได้เฉพาะในฐานข้อมูลว่างเท่านั้น
rush-offered = การจองที่ส่ง
rush-booked = จองสำเร็จ
rush-full = กลับไปเพราะเต็ม
rush-refused = ถูกปฏิเสธตามกฎ
rush-errors = ข้อผิดพลาดที่แก้ไม่ได้
rush-retries-busy = ลองใหม่ (บริการไม่ว่าง)
rush-retries-gone = ลองใหม่ (สายขาด)
rush-p50 = เวลาตอบการจอง: ค่ากลาง
rush-p99 = เวลาตอบการจอง: 99%
rush-max = เวลาตอบการจอง: นานที่สุด
rush-bookings = การจองต่อวินาที
rush-reads = การอ่านต่อวินาที
rush-read-p99 = เวลาตอบการอ่าน: 99%
rush-sent-again = ส่งซ้ำด้วยกุญแจเดิม
rush-answered-otherwise = … ได้คำตอบต่างจากเดิม
audit-live = ตรวจสอบ: การจองที่มีอยู่
audit-missing = ตรวจสอบ: ยืนยันแล้วแต่ไม่พบ
audit-over = ตรวจสอบ: ช่วงเวลาที่เกินจำนวน
audit-uncounted = ตรวจสอบ: ช่วงเวลาที่นับการจองขาด
audit-twice = ตรวจสอบ: คนที่จองซ้ำ
audit-orphans = ตรวจสอบ: การจองที่ไม่มีคนหรือช่วงเวลา
audit-failed = ตรวจสอบบริการไม่ได้
rush-passed = ผ่าน: ไม่มีอะไรหาย ไม่มีอะไรซ้ำ
rush-failed = ไม่ผ่าน
