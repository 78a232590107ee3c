# 正體中文（臺灣）。用語依疾管署與健保署的操作手冊。

## 各畫面共用
service-name = COVID-19 公費疫苗預約
place-training-store = 練習用便利商店
training = 訓練模式
time-left = 連線剩餘時間 { $time }
step-of = 步驟 { $step }／{ $steps }
back = 上一步
home = 回首頁
leave = 登出離開
help = 操作說明
bilingual = 中文對照
more = 更多（第 { $page }／{ $pages } 頁）
line-lost = 連線中斷，系統會自動重新連線。
too-small = 視窗太小，請放大至至少 { $columns } 欄 { $rows } 列。

## 待機
attract-title = 請插入健保卡，或觸碰螢幕
attract-round-open = 第{ $round }期預約接種開放中，至 { $until } 止
attract-round-waits = 第{ $round }期預約接種將於 { $opens } 開放
attract-countdown = 距離開放還有 { $time }
attract-round-closed = 第{ $round }期預約接種已截止，請等候下一期公告。
attract-connecting = 正在連線，請稍候。
attract-start = 開始

## 健保卡
card-insert-title = 請插入健保卡
card-insert-body = 請將健保卡晶片朝上，依箭頭方向插入讀卡機。
card-ways = 不插卡：改用其他方式
card-reading-title = 讀卡中，請稍候
card-reading-body = 讀卡時請勿取出健保卡。
card-unreadable-title = 無法讀取這張卡
card-unreadable-body = 請取出卡片，確認晶片朝上並擦拭晶片後再插入一次。仍無法讀取時，請撥健保諮詢專線 0800-030-598。
card-other-title = 這不是健保卡
card-other-body = 請取出卡片，改插入您的健保卡。
card-too-soon-title = 卡片太早取出
card-too-soon-body = 請再插入一次，並等候讀卡完成。
card-no-reader-title = 讀卡機目前無法使用
card-no-reader-body = 請洽店員，或改至其他便利商店、藥局或衛生所辦理。

## 語言與隱私權
language-title = 請選擇語言
privacy-title = 隱私權公告
privacy-what = 使用的資料：健保卡上的姓名、身分證號或居留證號、卡號、出生日期，以及您的手機號碼。
privacy-why = 使用目的：確認您的接種資格、登錄預約並傳送簡訊提醒，不作其他用途。
privacy-kept = 保存方式：本機不留存您的資料，結束後立即清除；預約資料由預約平台依法保存。
privacy-agree = 我已閱讀並同意
privacy-decline = 不同意，離開

## 等候
wait-standing = 正在確認您的資格
wait-graphic = 正在產生驗證碼
wait-found = 正在查詢預約
wait-seats = 正在查詢各地區名額
wait-sites = 正在查詢施打地點
wait-slots = 正在查詢可預約時段
wait-retry-title = 目前無法連線
wait-retry-body = { $seconds } 秒後自動再試一次（第 { $attempt } 次）。您已輸入的資料仍保留。
wait-retry-now = 立即再試

## 無法辦理的原因
unknown-person-title = 您的卡號錯誤，或非本期開放登記對象
unknown-person-next = 請確認插入的是您本人的有效健保卡；如有疑問請撥 1922。
try-again = 重新輸入
too-many-wrong-title = 輸入錯誤次數過多，請於 { $time } 後再試
too-many-wrong-next = 為保護您的資料，請稍候再輸入，或改插健保卡；如有疑問請撥 1922。
failed-title = 這項服務暫時無法使用
failed-next = 請稍後再試，或撥 1922 並告知代碼 { $code }。
refusal-code = 代碼 { $code }（電洽 1922 時請告知）
refused-already-booked = 您本期已經完成預約
refused-already-booked-next = 請選「我的預約」查看日期與地點。
refused-not-in-round = 您不符合本期可施打資格
refused-not-in-round-next = 請等候下一期公告；如有疑問請撥 1922。
refused-not-registered = 您尚未完成意願登記
refused-not-registered-next = 請選「意願登記」，符合資格時會收到簡訊通知。
refused-too-late = 您的意願登記已超過本期截止時間（{ $until }）
refused-too-late-next = 您的登記仍然有效，請等候下一期簡訊通知。
refused-brand = 本期疫苗不在您登記的疫苗種類中
refused-brand-next = 本期結束後可修改意願登記，並等候下一期。
refused-not-open = 本期預約尚未開放，{ $opens } 開放
refused-not-open-next = 請於開放後再來辦理，登記順序不影響預約。
refused-closed = 本期預約已於 { $closed } 截止
refused-closed-next = 請等候下一期公告。
refused-full = 這個時段剛剛額滿
refused-full-next = 請另選時段；其他資料都已保留。
refused-gone = 這個時段已不開放預約
refused-age = 您的年齡層將於 { $opens } 開放預約
refused-age-next = 本期依年齡分時段開放，請於上述時間後再來辦理。
refused-counties = 本期僅開放部分縣市，不含您登記的區域
refused-counties-next = 您的登記仍然有效，請等候下一期簡訊通知。
refused-registration-not-open = 意願登記尚未開放，{ $opens } 開放
refused-registration-not-open-next = 請於開放後再來辦理。
refused-registration-closed = 本期意願登記已於 { $closed } 截止
refused-registration-closed-next = 請等候下一期公告。
refused-counted = 您的登記已列入本期，{ $until } 前不能修改
refused-counted-next = 預約時可以改用其他手機號碼。其他資料請於本期結束後修改。
refused-no-booking = 查無這筆預約，可能已經取消
refused-no-booking-next = 請回首頁查看目前的預約。

## 選擇服務
service-title = 請選擇服務
service-book = 預約接種
service-intention = 意願登記
service-intention-there = 已登記：查看、修改或取消
service-intention-next = 本期已截止，現在登記將列入下一期
service-my-booking = 我的預約
service-no-booking = 目前沒有預約
service-help = 操作說明與諮詢專線
service-help-detail = 1922、1955、0800-030-598

## 手機號碼
phone-offer-title = 簡訊要傳到哪個手機號碼？
phone-offer-registered = 意願登記時的號碼 { $mobile }
phone-offer-other = 輸入其他號碼
phone-title = 請輸入手機號碼
phone-hint = 共 10 碼，以 09 開頭
phone-erase = 刪除
phone-clear = 全部清除
phone-check-title = 這個手機號碼正確嗎？
phone-check-hint = 請逐一核對數字，預約提醒會傳到這個號碼。
phone-yes = 正確
phone-no = 不對，重新輸入
phone-wrong = 這不是手機號碼，請重新輸入 10 碼，以 090 至 098 開頭。

## 地區、地點、時段
county-title = 請選擇縣市
district-title = 請選擇{ $county }的鄉鎮市區
region-registered = 登記時的區域：{ $district }
seats-free = 餘 { $seats } 名
seats-full = 額滿
no-sites = 此處目前沒有施打地點，請按「上一步」選擇其他地區。
site-title = 請選擇{ $district }的施打地點
site-made-up = 以下地點皆為訓練用的虛構資料。
site-nearest = 最近有名額的地區：{ $district }（約 { $kilometres } 公里）
brand-az = AZ
brand-moderna = 莫德納
slot-title = 請選擇日期與時段
slot-hint = 用數字鍵時，先按日期的數字，再按時段的數字。
slot-was-taken = 您選的時段剛剛額滿，請另選時段；其他資料都已保留。
slot-all-full = 此地點所有時段都已額滿。
slot-other-site = 選擇其他地點

## 確認與送出
review-title = 請確認預約資料
review-person = { $name }　{ $id }
review-phone = 手機號碼
review-place = 施打地點
review-time = 日期與時段
review-change = 更改
review-confirm = 確認送出
review-intention-title = 請確認意願登記資料
review-intention-confirm = 確認送出
review-move-title = 要改成這個時段嗎？
review-move-from = 原來的預約
review-move-confirm = 確認更改（成功後才放棄原時段）
submit-title = 正在送出預約
submit-body = 請勿取出健保卡，完成後會顯示預約序號。
submit-retry-title = 連線緩慢，尚未收到結果
submit-retry-body = { $seconds } 秒後再送一次（第 { $attempt } 次）。
submit-safe = 重送的是同一筆預約，不會重複。收到結果前，尚不能確定預約完成。
submit-change-title = 正在送出
submit-change-body = 請稍候，完成後會顯示結果。
submit-change-safe = 重送的是同一筆資料，不會重複。收到結果前，尚不能確定完成。

## 預約結果
receipt-title = 預約完成
receipt-existing-title = 您的預約
receipt-moved-title = 預約已更改
receipt-number = 預約序號 { $number }
receipt-made = 預約完成時間 { $made }
receipt-when = 日期／時段
receipt-where = 施打地點
receipt-vaccine = 疫苗種類
receipt-phone = 手機號碼 { $mobile }
receipt-reminder = 施打站叮嚀：請攜帶健保卡與身分證件，準時前往。未到場者須等下一期重新預約。
receipt-cancel-elsewhere = 取消預約請至 1922.gov.tw、健保快易通 APP、衛生所或藥局。
receipt-qr-hint = 請用手機拍下 QR 碼，施打當天出示。
receipt-show-qr = 顯示 QR 碼
receipt-move = 更改預約
receipt-cancel = 取消預約
receipt-done = 完成

## 結束
farewell-finished = 謝謝您，辦理完成
farewell-pulled = 卡片已取出，本次操作結束
farewell-time-up = 時間到，本次操作結束
farewell-idle = 因久未操作，本次操作結束
farewell-left = 已登出
farewell-take-card = 請取回健保卡
farewell-wiped = 您的資料已從本機清除。
farewell-unsure = 尚未收到預約結果。請重新插卡，選「我的預約」確認是否完成。
idle-title = 您還在嗎？
idle-body = { $seconds } 秒後將結束操作並清除資料。
idle-stay = 我還在，繼續

## 說明
help-title = 操作說明
help-keys-title = 如何操作
help-keys = 可觸碰按鈕、按數字鍵，或用方向鍵與 Enter。Esc 或 - 為上一步，* 為回首頁，/ 為說明，. 為語言。
help-card-title = 健保卡卡號在哪裡？
help-card = 在健保卡正面左下角，共 12 碼數字。
help-cancel-title = 如何取消預約？
help-cancel = 請於當期開放預約期間，至 1922.gov.tw、健保快易通 APP、衛生所或藥局取消。便利商店無法取消。
help-lines-title = 諮詢專線
help-line-1922 = 1922　防疫專線
help-line-1955 = 1955　移工專線（LINE：移點通）
help-line-nhi = 0800-030-598、4128-678　健保諮詢
help-line-165 = 165　防詐騙專線

## 意願登記、更改與取消
brands-title = 請選擇疫苗種類
brands-hint = 系統預設皆有意願施打；若不要某一種，請將打勾處的勾勾點掉。
brands-one-stays = 至少須保留一種疫苗。
brands-confirm = 確定
intention-done = 意願登記完成
intention-existing = 您的意願登記
intention-number = 登記序號 { $number }
intention-not-a-turn = 「登記序號」並非後續「預約接種」的順序。
intention-registered = 登記完成時間
intention-region = 接種區域
intention-reminder = 此處僅完成意願登記。符合資格且開放預約時，會以簡訊通知您來預約時段。
intention-change = 修改登記
intention-withdraw = 取消登記
withdraw-title = 是否取消意願登記？
withdraw-warning = 取消後將不會收到預約通知。之後可以重新登記，但登記時間會重新計算。
withdraw-no = 否，保留登記
withdraw-yes = 是，取消登記
withdrawn-title = 已取消意願登記
withdrawn-body = 如果改變主意，可以重新登記。
cancel-title = 是否取消預約疫苗注射？
cancel-warning = 取消後名額會立即釋出，不一定能再預約到相同時段。
cancel-no = 否，保留預約
cancel-yes = 是，取消預約
cancelled-title = 預約已取消
cancelled-body = 於本期開放期間，您仍可重新預約。
notice-services = 回到服務選單

## 身分驗證方式
ways-title = 請選擇身分驗證方式
way-card = 健保卡＋註冊密碼
way-card-needs = 登入方式：健保卡、讀卡機
way-app = 健保快易通 APP＋認證碼
way-app-needs = 登入方式：身分證號／居留證號＋APP 認證碼 6 碼
way-numbers = 身分證號＋健保卡號
way-numbers-needs = 登入方式：身分證號／居留證號＋健保卡上 12 碼卡號
way-query = 簡易查詢
way-query-needs = 僅查詢最近一筆預約：身分證號／居留證號＋手機後三碼
check-title = 系統環境檢查
check-running = 檢查中，請稍候。
check-reader = 讀卡機
check-version = 讀卡元件版本
check-line = 網路連線
check-clock = 系統時間
check-printer = 印表機
check-missing = 未偵測到
check-millis = { $millis } 毫秒
check-seconds = 誤差 { $seconds } 秒
check-no-printer = 未安裝
check-pass = ✓ 通過
check-fail = ✗ 未通過
check-unneeded = — 不需要
check-proceed = 檢查完畢，前往身分驗證
check-again = 重新檢測
entry-id = 請輸入身分證號或居留證號
entry-id-wrong = 證號不正確，請刪除後重新輸入
entry-id-hint = 第一碼為英文字母，共 10 碼。
entry-card = 請輸入健保卡卡號
entry-card-hint = 在健保卡正面左下角，共 12 碼數字。
entry-app = 請輸入健保快易通 APP 的認證碼
entry-app-hint = 開啟 APP，點選「健保卡 OTP 認證」取得 6 碼認證碼，3 分鐘內有效。
entry-password = 請輸入健保卡註冊密碼（最長 12 位）
entry-mobile-end = 請輸入手機號碼後三碼
entry-mobile-end-hint = 預約時留的手機號碼。
entry-done = 確定
graphic-title = 請輸入圖中的 4 個數字
graphic-wrong = 數字不符，請看新的圖再輸入
graphic-new = 換一張
graphic-larger = 看不清楚：放大
graphic-usual = 一般大小
found-title = 預約接種結果

## 訓練工具
drawer-title = 訓練工具
drawer-hint = 以下人物與資料皆為虛構。F1 開關，F2、F3 插卡，F4 取卡。
drawer-may-book = 插卡：可預約的民眾
drawer-migrant = 插卡：移工（居留證）
drawer-not-in-round = 插卡：不符合本期資格
drawer-booked = 插卡：已有預約
drawer-damaged = 插卡：損壞的卡片
drawer-pull = 取出卡片
drawer-cut = 切斷連線
drawer-mend = 恢復連線
drawer-fill = 填滿一個時段
drawer-fill-none = 填滿時段：選擇時段時才可用
drawer-jump = 跳至開放前一刻
drawer-no-card = 讀卡機內沒有卡片
drawer-quit = 結束訓練程式

## vaxkiosk verify
verify-valid = 有效
verify-training = 訓練用收據：不是真正的預約
verify-round = 期別 { $round }
verify-site = 施打站編號 { $site }
verify-slot = 日期／時段 { $slot }
verify-not-a-receipt = 無效：這不是預約收據（應以 VAX1: 開頭）。
verify-damaged = 無效：內容不完整或已損壞，請重新掃描。
verify-wrong-signature = 無效：簽章不符，內容可能遭竄改或非本平台簽發。
verify-wrong-claims = 無效：簽章正確，但內容不是預約收據。
verify-bad-key = 公鑰檔案應為 64 個十六進位數字，請確認 --key 的檔案。
terminal-needed = 請在終端機中執行本程式（需要螢幕與鍵盤）。

## vaxkiosk serve, admin, rush
config-unreadable = 無法讀取 { $file }：{ $cause }。請確認路徑與權限。
config-toml = 設定檔有誤（{ $at }）：{ $cause }
config-listen = 設定檔有誤（{ $at }）：listen 應為位址與連接埠，例如 "127.0.0.1:8443"。
config-database = 設定檔有誤（{ $at }）：database 應為 "sqlite:檔案" 或 "postgres://…"。
config-plain-outside = 設定檔有誤（{ $at }）：未設定 [tls] 時只能使用本機位址（127.0.0.1）。請加上 [tls]；若由代理伺服器處理加密，請設定 behind_a_proxy = true。
config-secret = 金鑰檔有誤（{ $at }）：應為 64 個十六進位數字。
keys-missing = 找不到金鑰檔 { $file }。請先執行 vaxkiosk admin keys 產生。
keys-open = 其他使用者可讀取金鑰檔 { $file }。請執行 chmod 600 { $file }。
keys-training = { $file } 為訓練用金鑰，任何人都知道，不得用於正式服務。請執行 vaxkiosk admin keys 產生新的金鑰。
keys-made = 已產生金鑰檔 { $file }。請另存一份於安全的地方，切勿與資料庫放在一起。
keys-public = 收據驗證用公鑰：{ $key }
database-failed = 資料庫錯誤：{ $cause }。請確認設定檔的 database。
tls-failed = 憑證錯誤：{ $cause }。請確認設定檔的 [tls]。
listen-failed = 無法在 { $address } 提供服務：{ $cause }。
machine-failed = 系統錯誤：{ $cause }
device-added = 已新增機台「{ $name }」。權杖（僅顯示這一次）：{ $token }
device-added-certificate = 已新增機台「{ $name }」，以憑證識別。
device-taken = 已有相同名稱、權杖或憑證的機台，未做任何變更。
device-none = 目前沒有機台。
device-revoked = 已停用機台「{ $name }」，一秒內生效。
device-revoked-since = 已停用（{ $when }）
device-unknown = 沒有使用中的機台「{ $name }」。
device-by-token = 使用中（權杖）
device-by-certificate = 使用中（憑證）
practice-made = 已建立練習用的一期：{ $people } 人、{ $kiosks } 台機台、{ $seats } 個名額。全部為虛構資料。
practice-not-empty = 資料庫已有資料，練習資料只能建立在空的資料庫。
rush-offered = 送出預約
rush-booked = 預約成功
rush-full = 額滿而離開
rush-refused = 依規定不得預約
rush-errors = 無法復原的錯誤
rush-retries-busy = 重試（服務忙碌）
rush-retries-gone = 重試（連線中斷）
rush-p50 = 預約回應時間：中位數
rush-p99 = 預約回應時間：99%
rush-max = 預約回應時間：最長
rush-bookings = 每秒預約
rush-reads = 每秒查詢
rush-read-p99 = 查詢回應時間：99%
rush-sent-again = 以相同識別碼再次送出
rush-answered-otherwise = 其中回覆不一致
audit-live = 稽核：有效預約
audit-missing = 稽核：已回覆成功但查無預約
audit-over = 稽核：超過名額的時段
audit-uncounted = 稽核：預約多於已扣名額的時段
audit-twice = 稽核：重複預約的人
audit-orphans = 稽核：找不到人或時段的預約
audit-failed = 無法向服務進行稽核。
rush-passed = 通過：沒有遺失，沒有重複。
rush-failed = 未通過。
