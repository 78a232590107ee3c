# 日本語。用語は移工向け手引き（日本語版）による。

## Around every screen
service-name = COVID-19ワクチン予約
place-training-store = 練習用コンビニ
training = 訓練モード
time-left = 残り時間 { $time }
step-of = ステップ { $step }／{ $steps }
back = 戻る
home = ホーム
leave = ログアウト
help = ヘルプ
bilingual = 中国語を併記
more = 次へ（{ $page }／{ $pages } ページ）
line-lost = 接続が切れました。自動的に再接続します。
too-small = 画面が小さすぎます。{ $columns } 列 { $rows } 行以上に広げてください。

## Attract
attract-title = 国民健康保険カードを挿入するか、画面にタッチしてください
attract-round-open = 第{ $round }期の接種予約を受付中（{ $until } まで）
attract-round-waits = 第{ $round }期の接種予約は { $opens } に始まります
attract-countdown = 受付開始まで { $time }
attract-round-closed = 第{ $round }期の受付は終了しました。次回の案内をお待ちください。
attract-connecting = 接続しています。お待ちください。
attract-start = 始める

## Card
card-insert-title = 国民健康保険カードを挿入してください
card-insert-body = ICチップを上に向け、矢印の方向に差し込んでください。
card-ways = カードを使わない方法
card-reading-title = カードを読み取っています
card-reading-body = 読み取り中はカードを抜かないでください。
card-unreadable-title = カードを読み取れません
card-unreadable-body = カードを抜き、ICチップの向きを確かめ、汚れを拭いてもう一度挿入してください。読み取れないときは 0800-030-598 へお電話ください。
card-other-title = 国民健康保険カードではありません
card-other-body = カードを抜き、ご自身の国民健康保険カードを挿入してください。
card-too-soon-title = カードが早く抜かれました
card-too-soon-body = もう一度挿入し、読み取りが終わるまでお待ちください。
card-no-reader-title = カードリーダーが使えません
card-no-reader-body = 店員にお知らせいただくか、ほかのコンビニ、薬局、衛生所をご利用ください。

## Language and privacy
language-title = 言語を選んでください
privacy-title = 個人情報の取り扱い
privacy-what = 使う情報：カードの氏名、身分証または居留証番号、カード番号、生年月日、携帯電話番号。
privacy-why = 使う目的：接種資格の確認、予約、お知らせの送信だけに使います。
privacy-kept = 保存：この端末には残さず、終了後すぐに消去します。予約情報は法令に従い予約システムが保存します。
privacy-agree = 読んで同意します
privacy-decline = 同意せずに終了

## Waiting
wait-standing = 予約資格を確認しています
wait-graphic = 画像認証を準備しています
wait-found = 予約を確認しています
wait-seats = 地域ごとの空きを調べています
wait-sites = 接種場所を調べています
wait-slots = 予約できる日時を調べています
wait-retry-title = 現在接続できません
wait-retry-body = { $seconds } 秒後に自動でもう一度試します（{ $attempt } 回目）。入力した内容は残っています。
wait-retry-now = 今すぐ試す

## Why not
unknown-person-title = カード番号が違うか、今期の対象ではありません
unknown-person-next = ご本人の有効な国民健康保険カードかお確かめください。お問い合わせは 1922 へ。
try-again = もう一度入力する
too-many-wrong-title = 入力の間違いが続きました。{ $time } 後にもう一度お試しください
too-many-wrong-next = 個人情報を守るためです。しばらく待つか、国民健康保険カードを挿入してください。お問い合わせは 1922 へ。
failed-title = ただいまこのサービスを利用できません
failed-next = しばらくしてからお試しください。1922 へお電話の際はコード { $code } をお伝えください。
refusal-code = コード { $code }（1922 へお電話の際にお伝えください）
refused-already-booked = 今期はすでに予約済みです
refused-already-booked-next = 「予約の確認」で日時と場所をご覧ください。
refused-not-in-round = 今期の接種対象ではありません
refused-not-in-round-next = 次回の案内をお待ちください。お問い合わせは 1922 へ。
refused-not-registered = 意向登録がまだお済みではありません
refused-not-registered-next = 「意向登録」を選んでください。予約できるときはショートメッセージでお知らせします。
refused-too-late = 意向登録が今期の締切（{ $until }）を過ぎています
refused-too-late-next = 登録は有効です。次回のショートメッセージをお待ちください。
refused-brand = 今期のワクチンは、登録時に選んだ種類ではありません
refused-brand-next = 今期の終了後に意向登録を変更し、次回をお待ちください。
refused-not-open = 予約はまだ始まっていません。{ $opens } に始まります
refused-not-open-next = 受付開始後にお越しください。登録番号の順番は関係ありません。
refused-closed = 今期の予約は { $closed } に締め切りました
refused-closed-next = 次回の案内をお待ちください。
refused-full = この時間帯はただいま満員になりました
refused-full-next = 別の時間帯を選んでください。ほかの内容は残っています。
refused-gone = この時間帯は予約できなくなりました
refused-age = あなたの年齢の方の予約は { $opens } からです
refused-age-next = 今期は年齢ごとに順に受付を始めます。上の時刻以降にお越しください。
refused-counties = 今期は一部の縣市のみで、登録された地域は対象外です
refused-counties-next = 登録は有効です。次回のショートメッセージをお待ちください。
refused-registration-not-open = 意向登録はまだ始まっていません。{ $opens } に始まります
refused-registration-not-open-next = 受付開始後にお越しください。
refused-registration-closed = 今期の意向登録は { $closed } に締め切りました
refused-registration-closed-next = 次回の案内をお待ちください。
refused-counted = 登録は今期に反映済みです。{ $until } までは変更できません
refused-counted-next = 予約の際に別の携帯電話番号を使えます。ほかの内容は今期の終了後に変更してください。
refused-no-booking = この予約は見つかりません。取り消し済みの可能性があります
refused-no-booking-next = 最初の画面に戻り、予約をもう一度ご確認ください。

## Service
service-title = ご希望のサービスを選んでください
service-book = 接種を予約する
service-intention = 意向登録
service-intention-there = 登録済み：確認・変更・取り消し
service-intention-next = 今期は締め切りました。今登録すると次回の対象になります
service-my-booking = 予約の確認
service-no-booking = 予約はありません
service-help = ヘルプと相談窓口
service-help-detail = 1922・1955・0800-030-598

## Phone
phone-offer-title = お知らせを受け取る携帯電話番号は？
phone-offer-registered = 意向登録時の番号 { $mobile }
phone-offer-other = 別の番号を入力する
phone-title = 携帯電話番号を入力してください
phone-hint = 09 で始まる 10 桁
phone-erase = 削除
phone-clear = 全消去
phone-check-title = この番号でよろしいですか？
phone-check-hint = 一桁ずつお確かめください。お知らせはこの番号に届きます。
phone-yes = はい、正しいです
phone-no = いいえ、入力し直します
phone-wrong = 携帯電話番号ではありません。090～098 で始まる 10 桁を入力してください。

## Region, site, slot
county-title = 縣市を選んでください
district-title = { $county }の行政区を選んでください
region-registered = 登録時の地域：{ $district }
seats-free = 残り { $seats }
seats-full = 満員
no-sites = ここには接種場所がありません。「戻る」で別の地域を選んでください。
site-title = { $district }の接種場所を選んでください
site-made-up = 以下の場所はすべて訓練用の架空のものです。
site-nearest = 空きのある一番近い地域：{ $district }（約 { $kilometres } km）
brand-az = アストラゼネカ
brand-moderna = モデルナ
slot-title = 日付と時間帯を選んでください
slot-hint = 数字キーでは、先に日付の番号、次に時間帯の番号を押します。
slot-was-taken = 選んだ時間帯は満員になりました。別の時間帯を選んでください。ほかは残っています。
slot-all-full = この接種場所はすべて満員です。
slot-other-site = 別の接種場所を選ぶ

## Review and submit
review-title = 予約内容をご確認ください
review-person = { $name }　{ $id }
review-phone = 電話番号
review-place = 接種場所
review-time = 日時
review-change = 変更
review-confirm = 確認して予約する
review-intention-title = 意向登録の内容をご確認ください
review-intention-confirm = 登録する
review-move-title = この時間帯に変更しますか？
review-move-from = 現在の予約
review-move-confirm = 変更する（新しい枠が確定するまで元の枠は残ります）
submit-title = 予約を送信しています
submit-body = カードを抜かないでください。完了すると予約番号が表示されます。
submit-retry-title = 回線が遅く、まだ返事がありません
submit-retry-body = { $seconds } 秒後にもう一度送信します（{ $attempt } 回目）。
submit-safe = 同じ予約を送り直すだけなので、二重予約にはなりません。返事が届くまで予約は確定していません。
submit-change-title = 送信しています
submit-change-body = お待ちください。完了後に結果を表示します。
submit-change-safe = 同じ内容を送り直しています。二重にはなりません。結果が届くまで完了とは限りません。

## Receipt
receipt-title = 予約が完了しました
receipt-existing-title = あなたの予約
receipt-moved-title = 予約を変更しました
receipt-number = 予約番号 { $number }
receipt-made = 予約完了日時 { $made }
receipt-when = 日時
receipt-where = 接種場所
receipt-vaccine = ワクチン
receipt-phone = 電話番号 { $mobile }
receipt-reminder = 国民健康保険カードと身分証を持って、時間どおりにお越しください。来られなかった場合は次回に再予約が必要です。
receipt-cancel-elsewhere = 取消は 1922.gov.tw、健保アプリ、衛生所、薬局でできます。
receipt-qr-hint = QRコードを撮影し、当日見せてください。
receipt-show-qr = QRコード表示
receipt-move = 予約変更
receipt-cancel = 予約取消
receipt-done = 完了

## The end of a session
farewell-finished = ありがとうございました。完了です
farewell-pulled = カードが抜かれたため、終了しました
farewell-time-up = 時間切れのため、終了しました
farewell-idle = しばらく操作がなかったため、終了しました
farewell-left = ログアウトしました
farewell-take-card = カードをお取りください
farewell-wiped = あなたの情報はこの端末から消去されました。
farewell-unsure = 予約の結果がまだ届いていません。もう一度カードを挿入し、「予約の確認」でお確かめください。
idle-title = まだご利用中ですか？
idle-body = { $seconds } 秒後に終了し、情報を消去します。
idle-stay = 続ける

## Help
help-title = ヘルプ
help-keys-title = 操作方法
help-keys = ボタンにタッチするか、数字キー、または矢印キーと Enter を使います。Esc か - で戻る、* でホーム、/ でヘルプ、. で言語。
help-card-title = カード番号はどこですか？
help-card = 国民健康保険カードのおもて面、左下の 12 桁の数字です。
help-cancel-title = 予約を取り消すには？
help-cancel = 予約期間中に、1922.gov.tw、健保アプリ、衛生所、薬局で取り消せます。コンビニではできません。
help-lines-title = 相談窓口
help-line-1922 = 1922　感染症の相談
help-line-1955 = 1955　移住労働者の相談（LINE でも）
help-line-nhi = 0800-030-598、4128-678　健康保険の相談
help-line-165 = 165　詐欺防止の相談

## 意向登録・変更・取り消し
brands-title = 希望するワクチンを選んでください
brands-hint = すべてにチェックが入っています。希望しないものはチェックを外してください。
brands-one-stays = 少なくとも一つは選んでください。
brands-confirm = 次へ
intention-done = 意向登録が完了しました
intention-existing = 登録内容
intention-number = 登録番号 { $number }
intention-not-a-turn = 登録番号は予約の順番ではありません。
intention-registered = 登録完了日時
intention-region = 接種地域
intention-reminder = 登録だけが完了しました。予約できるようになったらショートメッセージでお知らせします。
intention-change = 登録内容を変更
intention-withdraw = 登録を取り消す
withdraw-title = 意向登録を取り消しますか？
withdraw-warning = 取り消すと予約の案内は届きません。再登録はできますが、登録日時は新しくなります。
withdraw-no = いいえ、登録を残す
withdraw-yes = はい、取り消す
withdrawn-title = 意向登録を取り消しました
withdrawn-body = お気持ちが変わりましたら、もう一度登録できます。
cancel-title = この接種予約を取り消しますか？
cancel-warning = 取り消すと枠はすぐに空きます。同じ時間帯を再び予約できるとは限りません。
cancel-no = いいえ、予約を残す
cancel-yes = はい、取り消す
cancelled-title = 予約を取り消しました
cancelled-body = 今期の受付期間中は、もう一度予約できます。
notice-services = サービス一覧に戻る

## 本人確認の方法
ways-title = 本人確認の方法を選んでください
way-card = 国民健康保険カード＋登録暗証番号
way-card-needs = 必要なもの：国民健康保険カード
way-app = 健保アプリ＋OTP認証番号
way-app-needs = 必要なもの：身分証番号／居留証番号とアプリの6桁
way-numbers = 身分証番号＋カード番号
way-numbers-needs = 必要なもの：身分証番号／居留証番号とカードの12桁
way-query = 予約の簡易照会
way-query-needs = 照会のみ：身分証番号／居留証番号と携帯電話番号の下3桁
check-title = システム環境の確認
check-running = 確認しています。お待ちください。
check-reader = カードリーダー
check-version = リーダーのバージョン
check-line = 通信
check-clock = 時計
check-printer = プリンター
check-missing = 見つかりません
check-millis = { $millis } ミリ秒
check-seconds = 誤差 { $seconds } 秒
check-no-printer = なし
check-pass = ✓ 合格
check-fail = ✗ 不合格
check-unneeded = — 不要
check-proceed = 確認完了、本人確認へ
check-again = もう一度確認する
entry-id = 身分証番号または居留証番号を入力してください
entry-id-wrong = 番号が正しくありません。消してもう一度入力してください
entry-id-hint = 最初は英字、全部で10文字です。
entry-card = 国民健康保険カードの番号を入力してください
entry-card-hint = カードおもて面の左下、12桁の数字です。
entry-app = 健保アプリのOTP認証番号を入力してください
entry-app-hint = アプリで「健保卡OTP認證」を押すと6桁の番号が出ます。3分間有効です。
entry-password = 登録暗証番号を入力してください（12文字以内）
entry-mobile-end = 携帯電話番号の下3桁を入力してください
entry-mobile-end-hint = 予約時に登録した番号です。
entry-done = 決定
graphic-title = 画像の4つの数字を入力してください
graphic-wrong = 一致しません。新しい画像で入力してください
graphic-new = 別の画像
graphic-larger = 大きく表示
graphic-usual = 通常の大きさ
found-title = 予約内容

## The trainer's drawer
drawer-title = 訓練ツール
drawer-hint = 人物とデータはすべて架空です。F1 で開閉、F2・F3 でカードを挿入、F4 で抜きます。
drawer-may-book = カード：予約できる人
drawer-migrant = カード：移住労働者（居留証）
drawer-not-in-round = カード：今期の対象外
drawer-booked = カード：予約済みの人
drawer-damaged = カード：破損
drawer-pull = カードを抜く
drawer-cut = 回線を切る
drawer-mend = 回線を戻す
drawer-fill = 時間帯を満員にする
drawer-fill-none = 満員にする：日時の選択中だけ
drawer-jump = 受付開始の直前へ
drawer-no-card = カードがありません
drawer-quit = 訓練を終了する

## vaxkiosk verify
verify-valid = 有効
verify-training = 訓練用の控え：本当の予約ではありません
verify-round = 期 { $round }
verify-site = 接種場所番号 { $site }
verify-slot = 日時 { $slot }
verify-not-a-receipt = 無効：予約の控えではありません（VAX1: で始まります）。
verify-damaged = 無効：内容が欠けているか壊れています。もう一度読み取ってください。
verify-wrong-signature = 無効：署名が一致しません。改ざんされたか、このシステムのものではありません。
verify-wrong-claims = 無効：署名は正しいですが、予約の控えではありません。
verify-bad-key = 公開鍵ファイルは 16 進数 64 桁です。--key のファイルをお確かめください。
terminal-needed = 端末（画面とキーボード）で実行してください。

## vaxkiosk serve, admin, rush
config-unreadable = { $file } を読み込めません：{ $cause }。場所と権限を確認してください。
config-toml = 設定ファイルに誤りがあります（{ $at }）：{ $cause }
config-listen = 設定ファイルに誤りがあります（{ $at }）：listen にはアドレスとポートを書いてください（例："127.0.0.1:8443"）。
config-database = 設定ファイルに誤りがあります（{ $at }）：database は "sqlite:ファイル" または "postgres://…" です。
config-plain-outside = 設定ファイルに誤りがあります（{ $at }）：[tls] がない場合は、この機械のアドレス（127.0.0.1）だけが使えます。[tls] を加えるか、プロキシが暗号化する場合は behind_a_proxy = true としてください。
config-secret = 鍵ファイルに誤りがあります（{ $at }）：16進数64桁でなければなりません。
keys-missing = 鍵ファイル { $file } がありません。vaxkiosk admin keys で作成してください。
keys-open = 鍵ファイル { $file } が他の利用者から読める状態です。chmod 600 { $file } を実行してください。
keys-training = { $file } は訓練用の鍵で、誰でも知っています。実際のサービスには使えません。vaxkiosk admin keys で新しく作成してください。
keys-made = 鍵ファイル { $file } を作成しました。控えを安全な場所に保管し、データベースとは別にしてください。
keys-public = 控えの確認用の公開鍵：{ $key }
database-failed = データベースのエラー：{ $cause }。設定の database を確認してください。
tls-failed = 証明書のエラー：{ $cause }。設定の [tls] を確認してください。
listen-failed = { $address } で受け付けを始められません：{ $cause }。
machine-failed = システムのエラー：{ $cause }
device-added = 端末「{ $name }」を追加しました。トークン（今回だけ表示されます）：{ $token }
device-added-certificate = 端末「{ $name }」を追加しました。証明書で識別します。
device-taken = 同じ名前、トークン、または証明書の端末がすでにあります。何も変更していません。
device-none = 端末はまだありません。
device-revoked = 端末「{ $name }」を無効にしました。1秒以内に拒否されます。
device-revoked-since = 無効（{ $when }）
device-unknown = 使用中の端末「{ $name }」はありません。
device-by-token = 使用中（トークン）
device-by-certificate = 使用中（証明書）
practice-made = 練習用の期を作成しました：{ $people } 人、端末 { $kiosks } 台、{ $seats } 席。すべて架空のデータです。
practice-not-empty = データベースが空ではありません。練習用の期は空のデータベースにだけ作成できます。
rush-offered = 送信した予約
rush-booked = 予約成立
rush-full = 満員のため帰った人
rush-refused = 規則により不可
rush-errors = 回復しなかったエラー
rush-retries-busy = 再試行（混雑）
rush-retries-gone = 再試行（通信断）
rush-p50 = 予約の応答時間：中央値
rush-p99 = 予約の応答時間：99%
rush-max = 予約の応答時間：最長
rush-bookings = 1秒あたりの予約
rush-reads = 1秒あたりの照会
rush-read-p99 = 照会の応答時間：99%
rush-sent-again = 同じキーで再送信
rush-answered-otherwise = うち応答が異なるもの
audit-live = 監査：有効な予約
audit-missing = 監査：受付済みなのに存在しない予約
audit-over = 監査：定員を超えた時間帯
audit-uncounted = 監査：数え漏れのある時間帯
audit-twice = 監査：二重に予約した人
audit-orphans = 監査：人または時間帯のない予約
audit-failed = サービスの監査ができませんでした。
rush-passed = 合格：紛失も重複もありません。
rush-failed = 不合格。
