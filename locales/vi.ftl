# Tiếng Việt.

## Around every screen
service-name = Đặt lịch tiêm vắc-xin COVID-19
place-training-store = Cửa hàng thực hành
training = TẬP HUẤN
time-left = Còn lại { $time }
step-of = Bước { $step }/{ $steps }
back = Quay lại
home = Trang đầu
leave = Đăng xuất
help = Trợ giúp
bilingual = Kèm tiếng Hoa
more = Xem thêm (trang { $page }/{ $pages })
line-lost = Mất kết nối. Máy đang tự kết nối lại.
too-small = Cửa sổ quá nhỏ. Vui lòng mở rộng ít nhất { $columns } cột và { $rows } dòng.

## Attract
attract-title = Vui lòng đưa thẻ BHYT vào máy hoặc chạm vào màn hình
attract-round-open = Đợt { $round }: đang mở đặt lịch tiêm đến { $until }
attract-round-waits = Đợt { $round }: mở đặt lịch tiêm vào { $opens }
attract-countdown = Còn { $time } nữa là mở
attract-round-closed = Đợt { $round } đã kết thúc. Vui lòng chờ thông báo đợt sau.
attract-connecting = Đang kết nối. Vui lòng chờ.
attract-start = Bắt đầu

## Card
card-insert-title = Vui lòng đưa thẻ BHYT vào máy
card-insert-body = Để mặt có chip hướng lên trên và đưa thẻ vào theo chiều mũi tên.
card-ways = Không dùng thẻ: cách khác
card-reading-title = Đang đọc thẻ, vui lòng chờ
card-reading-body = Vui lòng không rút thẻ khi máy đang đọc.
card-unreadable-title = Không đọc được thẻ này
card-unreadable-body = Rút thẻ ra, kiểm tra chip hướng lên trên, lau sạch chip rồi đưa vào lại. Nếu vẫn không đọc được, vui lòng gọi 0800-030-598.
card-other-title = Đây không phải thẻ BHYT
card-other-body = Rút thẻ này ra và đưa thẻ BHYT của bạn vào.
card-too-soon-title = Thẻ bị rút ra quá sớm
card-too-soon-body = Vui lòng đưa thẻ vào lại và chờ máy đọc xong.
card-no-reader-title = Đầu đọc thẻ hiện không dùng được
card-no-reader-body = Vui lòng hỏi nhân viên, hoặc đến cửa hàng tiện lợi, nhà thuốc hay trạm y tế khác.

## Language and privacy
language-title = Vui lòng chọn ngôn ngữ
privacy-title = Thông báo về quyền riêng tư
privacy-what = Thông tin sử dụng: họ tên, số căn cước hoặc thẻ cư trú, số thẻ và ngày sinh trên thẻ BHYT, cùng số di động của bạn.
privacy-why = Mục đích: kiểm tra bạn có được tiêm không, đặt lịch và gửi tin nhắn cho bạn. Không dùng vào việc khác.
privacy-kept = Lưu giữ: máy này không giữ thông tin và xóa ngay khi bạn xong. Hệ thống giữ lịch hẹn theo quy định pháp luật.
privacy-agree = Tôi đã đọc và đồng ý
privacy-decline = Không đồng ý, thoát

## Waiting
wait-standing = Đang kiểm tra điều kiện của bạn
wait-graphic = Đang tạo mã hình
wait-found = Đang tìm lịch hẹn
wait-seats = Đang tìm chỗ trống ở các khu vực
wait-sites = Đang tìm điểm tiêm
wait-slots = Đang tìm giờ còn trống
wait-retry-title = Hiện không kết nối được
wait-retry-body = Máy sẽ thử lại sau { $seconds } giây (lần { $attempt }). Thông tin bạn đã nhập vẫn được giữ.
wait-retry-now = Thử lại ngay

## Why not
unknown-person-title = Số thẻ không đúng, hoặc bạn không thuộc đối tượng đợt này
unknown-person-next = Vui lòng kiểm tra đây là thẻ BHYT còn hiệu lực của chính bạn. Cần hỏi thêm, xin gọi 1922.
try-again = Nhập lại
too-many-wrong-title = Nhập sai quá nhiều lần. Vui lòng chờ { $time }
too-many-wrong-next = Việc này bảo vệ dữ liệu của bạn. Vui lòng chờ hoặc cắm thẻ BHYT. Cần hỏi, xin gọi 1922.
failed-title = Dịch vụ này hiện không dùng được
failed-next = Vui lòng thử lại sau, hoặc gọi 1922 và cho biết mã { $code }.
refusal-code = Mã { $code } (vui lòng cho biết khi gọi 1922)
refused-already-booked = Bạn đã đặt lịch trong đợt này
refused-already-booked-next = Chọn “Lịch hẹn của tôi” để xem ngày giờ và địa điểm.
refused-not-in-round = Bạn không thuộc đối tượng tiêm của đợt này
refused-not-in-round-next = Vui lòng chờ thông báo đợt sau. Cần hỏi thêm, xin gọi 1922.
refused-not-registered = Bạn chưa đăng ký nguyện vọng tiêm
refused-not-registered-next = Vui lòng chọn “Đăng ký nguyện vọng tiêm”. Khi đủ điều kiện bạn sẽ nhận được tin nhắn.
refused-too-late = Bạn đăng ký sau hạn của đợt này ({ $until })
refused-too-late-next = Đăng ký của bạn vẫn có hiệu lực. Vui lòng chờ tin nhắn đợt sau.
refused-brand = Vắc-xin đợt này không phải loại bạn đã chọn khi đăng ký
refused-brand-next = Sau đợt này bạn có thể sửa đăng ký và chờ đợt sau.
refused-not-open = Chưa mở đặt lịch. Mở vào { $opens }
refused-not-open-next = Vui lòng quay lại khi đã mở. Thứ tự đăng ký không ảnh hưởng.
refused-closed = Đợt này đã đóng đặt lịch vào { $closed }
refused-closed-next = Vui lòng chờ thông báo đợt sau.
refused-full = Khung giờ này vừa hết chỗ
refused-full-next = Vui lòng chọn giờ khác. Các thông tin khác vẫn được giữ.
refused-gone = Khung giờ này không còn đặt được
refused-age = Độ tuổi của bạn được đặt lịch từ { $opens }
refused-age-next = Đợt này mở lần lượt theo độ tuổi. Vui lòng quay lại sau giờ trên.
refused-counties = Đợt này chỉ dành cho một số nơi, không có khu vực bạn đăng ký
refused-counties-next = Đăng ký của bạn vẫn có hiệu lực. Vui lòng chờ tin nhắn đợt sau.
refused-registration-not-open = Chưa mở đăng ký. Mở vào { $opens }
refused-registration-not-open-next = Vui lòng quay lại khi đã mở.
refused-registration-closed = Đợt này đã đóng đăng ký vào { $closed }
refused-registration-closed-next = Vui lòng chờ thông báo đợt sau.
refused-counted = Đăng ký của bạn đã được tính cho đợt này, không sửa được trước { $until }
refused-counted-next = Khi đặt lịch bạn vẫn có thể dùng số di động khác. Thông tin khác xin sửa sau đợt này.
refused-no-booking = Không tìm thấy lịch hẹn này. Có thể lịch đã bị hủy
refused-no-booking-next = Vui lòng quay về trang đầu để xem lại lịch hẹn.

## Service
service-title = Bạn muốn làm gì?
service-book = Đặt lịch tiêm
service-intention = Đăng ký nguyện vọng tiêm
service-intention-there = Đã đăng ký: xem, sửa hoặc hủy
service-intention-next = Đợt này đã hết hạn: đăng ký lúc này tính cho đợt sau
service-my-booking = Lịch hẹn của tôi
service-no-booking = Bạn chưa có lịch hẹn
service-help = Trợ giúp và đường dây nóng
service-help-detail = 1922, 1955, 0800-030-598

## Phone
phone-offer-title = Gửi tin nhắn đến số di động nào?
phone-offer-registered = Số bạn đã đăng ký: { $mobile }
phone-offer-other = Nhập số khác
phone-title = Vui lòng nhập số di động
phone-hint = 10 chữ số, bắt đầu bằng 09
phone-erase = Xóa
phone-clear = Xóa hết
phone-check-title = Số di động này có đúng không?
phone-check-hint = Vui lòng kiểm tra từng chữ số. Tin nhắn nhắc hẹn sẽ gửi đến số này.
phone-yes = Đúng
phone-no = Không đúng, nhập lại
phone-wrong = Đây không phải số di động. Vui lòng nhập 10 chữ số, bắt đầu bằng 090 đến 098.

## Region, site, slot
county-title = Vui lòng chọn thành phố hoặc huyện
district-title = Vui lòng chọn quận, khu vực của { $county }
region-registered = Nơi đã đăng ký: { $district }
seats-free = Còn { $seats }
seats-full = Hết chỗ
no-sites = Ở đây chưa có điểm tiêm. Vui lòng quay lại và chọn nơi khác.
site-title = Vui lòng chọn điểm tiêm tại { $district }
site-made-up = Các địa điểm dưới đây đều là giả định, chỉ để tập huấn.
site-nearest = Nơi gần nhất còn chỗ: { $district } (khoảng { $kilometres } km)
brand-az = AstraZeneca (AZ)
brand-moderna = Moderna
slot-title = Vui lòng chọn ngày và giờ
slot-hint = Dùng phím số: bấm số của ngày trước, rồi số của giờ.
slot-was-taken = Giờ bạn chọn vừa hết chỗ. Vui lòng chọn giờ khác. Các thông tin khác vẫn được giữ.
slot-all-full = Điểm tiêm này đã hết chỗ mọi khung giờ.
slot-other-site = Chọn điểm tiêm khác

## Review and submit
review-title = Vui lòng kiểm tra lịch hẹn
review-person = { $name }   { $id }
review-phone = Số di động
review-place = Điểm tiêm
review-time = Ngày giờ
review-change = Sửa
review-confirm = Xác nhận đặt lịch
review-intention-title = Vui lòng kiểm tra thông tin đăng ký
review-intention-confirm = Gửi đăng ký
review-move-title = Đổi sang giờ này?
review-move-from = Lịch hẹn hiện tại
review-move-confirm = Đổi (giờ cũ được giữ đến khi có giờ mới)
submit-title = Đang gửi lịch hẹn
submit-body = Vui lòng không rút thẻ. Số đặt lịch sẽ hiện ở đây khi hoàn tất.
submit-retry-title = Đường truyền chậm, chưa nhận được kết quả
submit-retry-body = Máy sẽ gửi lại sau { $seconds } giây (lần { $attempt }).
submit-safe = Đây vẫn là một lịch hẹn nên không bị đặt hai lần. Khi chưa có kết quả, chưa chắc chắn đã đặt được.
submit-change-title = Đang gửi
submit-change-body = Vui lòng chờ. Kết quả sẽ hiện ra.
submit-change-safe = Gửi lại cùng một yêu cầu, không bị trùng. Chưa có kết quả thì chưa chắc đã xong.

## Receipt
receipt-title = Đã đặt lịch xong
receipt-existing-title = Lịch hẹn của bạn
receipt-moved-title = Đã đổi lịch hẹn
receipt-number = Số đặt lịch { $number }
receipt-made = Đặt lúc { $made }
receipt-when = Ngày giờ
receipt-where = Điểm tiêm
receipt-vaccine = Vắc-xin
receipt-phone = Số di động { $mobile }
receipt-reminder = Mang theo thẻ BHYT và giấy tờ tùy thân, đến đúng giờ. Nếu không đến, bạn phải đặt lại ở đợt sau.
receipt-cancel-elsewhere = Hủy lịch: 1922.gov.tw, ứng dụng BHYT, trạm y tế hoặc nhà thuốc.
receipt-qr-hint = Chụp ảnh mã QR và đưa ra khi đến tiêm.
receipt-show-qr = Hiện mã QR
receipt-move = Đổi lịch
receipt-cancel = Hủy lịch
receipt-done = Hoàn tất

## The end of a session
farewell-finished = Cảm ơn bạn, đã hoàn tất
farewell-pulled = Thẻ đã được rút ra, phiên làm việc kết thúc
farewell-time-up = Hết giờ, phiên làm việc kết thúc
farewell-idle = Đã lâu không thao tác, phiên làm việc kết thúc
farewell-left = Bạn đã đăng xuất
farewell-take-card = Vui lòng lấy lại thẻ BHYT
farewell-wiped = Thông tin của bạn đã được xóa khỏi máy này.
farewell-unsure = Chưa nhận được kết quả đặt lịch. Vui lòng đưa thẻ vào lại và chọn “Lịch hẹn của tôi” để kiểm tra.
idle-title = Bạn còn ở đó không?
idle-body = Sau { $seconds } giây, phiên làm việc sẽ kết thúc và thông tin sẽ bị xóa.
idle-stay = Còn, tiếp tục

## Help
help-title = Trợ giúp
help-keys-title = Cách sử dụng
help-keys = Chạm vào nút, bấm phím số, hoặc dùng phím mũi tên và Enter. Esc hoặc - để quay lại, * về trang đầu, / trợ giúp, . ngôn ngữ.
help-card-title = Số thẻ BHYT ở đâu?
help-card = 12 chữ số ở góc dưới bên trái mặt trước thẻ BHYT.
help-cancel-title = Làm sao để hủy lịch hẹn?
help-cancel = Trong thời gian mở đặt lịch: tại 1922.gov.tw, ứng dụng BHYT, trạm y tế hoặc nhà thuốc. Cửa hàng tiện lợi không hủy được.
help-lines-title = Đường dây nóng
help-line-1922 = 1922   Phòng chống dịch
help-line-1955 = 1955   Lao động di trú (có LINE)
help-line-nhi = 0800-030-598, 4128-678   Bảo hiểm y tế
help-line-165 = 165   Chống lừa đảo

## Đăng ký, thay đổi, hủy
brands-title = Chọn loại vắc-xin
brands-hint = Tất cả đã được chọn. Bỏ chọn loại bạn không muốn.
brands-one-stays = Phải giữ ít nhất một loại.
brands-confirm = Tiếp tục
intention-done = Đăng ký thành công
intention-existing = Đăng ký của bạn
intention-number = Số đăng ký { $number }
intention-not-a-turn = Số này không phải thứ tự đặt lịch.
intention-registered = Thời gian đăng ký
intention-region = Khu vực tiêm
intention-reminder = Đây mới là đăng ký. Khi được đặt lịch, bạn sẽ nhận tin nhắn.
intention-change = Sửa đăng ký
intention-withdraw = Hủy đăng ký
withdraw-title = Hủy đăng ký nguyện vọng?
withdraw-warning = Sau khi hủy bạn sẽ không nhận được thông báo. Có thể đăng ký lại nhưng tính theo thời gian mới.
withdraw-no = Không, giữ lại
withdraw-yes = Có, hủy đăng ký
withdrawn-title = Đã hủy đăng ký
withdrawn-body = Nếu đổi ý, bạn có thể đăng ký lại.
cancel-title = Hủy lịch hẹn tiêm này?
cancel-warning = Chỗ sẽ được nhường ngay, có thể không đặt lại được giờ này.
cancel-no = Không, giữ lịch
cancel-yes = Có, hủy lịch
cancelled-title = Đã hủy lịch hẹn
cancelled-body = Trong thời gian mở đợt này, bạn vẫn có thể đặt lại.
notice-services = Về danh sách dịch vụ

## Cách xác minh
ways-title = Bạn muốn xác minh bằng cách nào?
way-card = Thẻ BHYT + mật khẩu đã đăng ký
way-card-needs = Cần có: thẻ BHYT
way-app = Ứng dụng BHYT + mã OTP
way-app-needs = Cần có: số căn cước hoặc ARC và mã 6 số
way-numbers = Số căn cước + số thẻ BHYT
way-numbers-needs = Cần có: số căn cước hoặc ARC và 12 số trên thẻ
way-query = Tra cứu nhanh
way-query-needs = Chỉ để xem: số căn cước hoặc ARC và 3 số cuối di động
check-title = Kiểm tra hệ thống
check-running = Đang kiểm tra. Vui lòng chờ.
check-reader = Đầu đọc thẻ
check-version = Phiên bản đầu đọc
check-line = Kết nối
check-clock = Đồng hồ
check-printer = Máy in
check-missing = Không tìm thấy
check-millis = { $millis } ms
check-seconds = Lệch { $seconds } giây
check-no-printer = Không có
check-pass = ✓ Đạt
check-fail = ✗ Lỗi
check-unneeded = — Không cần
check-proceed = Xong: sang bước xác minh
check-again = Kiểm tra lại
entry-id = Nhập số căn cước hoặc số thẻ cư trú (ARC)
entry-id-wrong = Số này không đúng. Vui lòng xóa và nhập lại
entry-id-hint = Chữ cái trước, tổng cộng 10 ký tự.
entry-card = Nhập số thẻ BHYT
entry-card-hint = 12 chữ số ở góc dưới bên trái mặt trước thẻ.
entry-app = Nhập mã OTP của ứng dụng BHYT
entry-app-hint = Mở ứng dụng và chọn mục OTP của thẻ BHYT. Mã 6 số có hiệu lực 3 phút.
entry-password = Nhập mật khẩu đã đăng ký (tối đa 12 ký tự)
entry-mobile-end = Nhập 3 số cuối của số di động
entry-mobile-end-hint = Số đã dùng khi đặt lịch.
entry-done = Xong
graphic-title = Nhập 4 chữ số trong hình
graphic-wrong = Không đúng. Vui lòng nhập theo hình mới
graphic-new = Hình khác
graphic-larger = Hình to hơn
graphic-usual = Cỡ thường
found-title = Lịch hẹn gần nhất

## The trainer's drawer
drawer-title = Công cụ tập huấn
drawer-hint = Mọi người và dữ liệu đều là giả định. F1 mở và đóng, F2 và F3 đưa thẻ vào, F4 rút thẻ.
drawer-may-book = Thẻ: được đặt lịch
drawer-migrant = Thẻ: lao động di trú (ARC)
drawer-not-in-round = Thẻ: không thuộc đợt này
drawer-booked = Thẻ: đã đặt lịch
drawer-damaged = Thẻ: bị hỏng
drawer-pull = Rút thẻ
drawer-cut = Ngắt kết nối
drawer-mend = Nối lại
drawer-fill = Làm đầy một khung giờ
drawer-fill-none = Làm đầy: chỉ khi đang chọn giờ
drawer-jump = Đến sát giờ mở
drawer-no-card = Không có thẻ trong máy
drawer-quit = Thoát tập huấn

## vaxkiosk verify
verify-valid = Hợp lệ
verify-training = Biên nhận TẬP HUẤN: không phải lịch hẹn thật
verify-round = Đợt { $round }
verify-site = Mã điểm tiêm { $site }
verify-slot = Ngày giờ { $slot }
verify-not-a-receipt = Không hợp lệ: đây không phải biên nhận (phải bắt đầu bằng VAX1:).
verify-damaged = Không hợp lệ: nội dung thiếu hoặc bị hỏng. Vui lòng quét lại.
verify-wrong-signature = Không hợp lệ: chữ ký sai. Nội dung đã bị sửa hoặc không do hệ thống này cấp.
verify-wrong-claims = Không hợp lệ: chữ ký đúng nhưng đây không phải biên nhận.
verify-bad-key = Tệp khóa công khai phải có 64 chữ số thập lục phân. Vui lòng kiểm tra tệp ở --key.
terminal-needed = Vui lòng chạy chương trình trong cửa sổ dòng lệnh (cần màn hình và bàn phím).

## vaxkiosk serve, admin, rush
config-unreadable = Không đọc được { $file }: { $cause }. Vui lòng kiểm tra đường dẫn và quyền truy cập.
config-toml = Lỗi trong tệp cấu hình ({ $at }): { $cause }
config-listen = Lỗi trong tệp cấu hình ({ $at }): listen phải là địa chỉ và cổng, ví dụ "127.0.0.1:8443".
config-database = Lỗi trong tệp cấu hình ({ $at }): database phải là "sqlite:TỆP" hoặc "postgres://…".
config-plain-outside = Lỗi trong tệp cấu hình ({ $at }): khi không có [tls], chỉ được dùng địa chỉ của chính máy này (127.0.0.1). Hãy thêm [tls], hoặc đặt behind_a_proxy = true nếu máy chủ proxy mã hóa thay.
config-secret = Lỗi trong tệp khóa ({ $at }): phải gồm 64 chữ số thập lục phân.
keys-missing = Không có tệp khóa { $file }. Hãy tạo bằng lệnh: vaxkiosk admin keys
keys-open = Người dùng khác đọc được tệp khóa { $file }. Vui lòng chạy: chmod 600 { $file }
keys-training = { $file } là khóa dùng để tập huấn, ai cũng biết. Không được dùng cho dịch vụ thật. Hãy tạo khóa mới bằng lệnh: vaxkiosk admin keys
keys-made = Đã tạo tệp khóa { $file }. Hãy giữ một bản ở nơi an toàn, không để chung với cơ sở dữ liệu.
keys-public = Khóa công khai để kiểm tra biên nhận: { $key }
database-failed = Lỗi cơ sở dữ liệu: { $cause }. Vui lòng kiểm tra mục database trong cấu hình.
tls-failed = Lỗi chứng chỉ: { $cause }. Vui lòng kiểm tra mục [tls] trong cấu hình.
listen-failed = Không thể mở dịch vụ tại { $address }: { $cause }.
machine-failed = Lỗi hệ thống: { $cause }
device-added = Đã thêm máy “{ $name }”. Mã thông báo (chỉ hiện một lần này): { $token }
device-added-certificate = Đã thêm máy “{ $name }”, nhận diện bằng chứng chỉ.
device-taken = Đã có máy cùng tên, cùng mã thông báo hoặc cùng chứng chỉ. Không có gì thay đổi.
device-none = Chưa có máy nào.
device-revoked = Đã thu hồi máy “{ $name }”. Dịch vụ từ chối máy này trong vòng một giây.
device-revoked-since = đã thu hồi ({ $when })
device-unknown = Không có máy “{ $name }” nào đang dùng.
device-by-token = đang dùng (mã thông báo)
device-by-certificate = đang dùng (chứng chỉ)
practice-made = Đã tạo một đợt để luyện tập: { $people } người, { $kiosks } máy, { $seats } chỗ. Tất cả đều là dữ liệu giả.
practice-not-empty = Cơ sở dữ liệu không trống. Chỉ tạo được đợt luyện tập trong cơ sở dữ liệu trống.
rush-offered = Lượt gửi đặt lịch
rush-booked = Đặt lịch thành công
rush-full = Ra về vì hết chỗ
rush-refused = Bị từ chối theo quy định
rush-errors = Lỗi không khắc phục được
rush-retries-busy = Thử lại (dịch vụ bận)
rush-retries-gone = Thử lại (mất kết nối)
rush-p50 = Thời gian trả lời đặt lịch: trung vị
rush-p99 = Thời gian trả lời đặt lịch: 99%
rush-max = Thời gian trả lời đặt lịch: lâu nhất
rush-bookings = Số lịch đặt mỗi giây
rush-reads = Số lượt xem mỗi giây
rush-read-p99 = Thời gian trả lời lượt xem: 99%
rush-sent-again = Gửi lại với cùng một khóa
rush-answered-otherwise = … trả lời khác lần trước
audit-live = Kiểm tra: lịch đặt hiện có
audit-missing = Kiểm tra: đã báo thành công nhưng không có
audit-over = Kiểm tra: khung giờ vượt số chỗ
audit-uncounted = Kiểm tra: khung giờ có lịch chưa được đếm
audit-twice = Kiểm tra: người đặt hai lần
audit-orphans = Kiểm tra: lịch không có người hoặc khung giờ
audit-failed = Không thể kiểm tra dịch vụ.
rush-passed = Đạt: không mất, không trùng.
rush-failed = Không đạt.
