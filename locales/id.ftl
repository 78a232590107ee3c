# Bahasa Indonesia.

## Around every screen
service-name = Pemesanan vaksin COVID-19
place-training-store = Toko latihan
training = PELATIHAN
time-left = Sisa waktu { $time }
step-of = Langkah { $step }/{ $steps }
back = Kembali
home = Beranda
leave = Keluar
help = Bantuan
bilingual = Dgn. Mandarin
more = Lainnya (hal. { $page }/{ $pages })
line-lost = Koneksi terputus. Sedang disambungkan lagi.
too-small = Jendela terlalu kecil. Silakan perbesar menjadi minimal { $columns } kolom dan { $rows } baris.

## Attract
attract-title = Silakan masukkan kartu NHI atau sentuh layar
attract-round-open = Periode { $round }: pemesanan dibuka sampai { $until }
attract-round-waits = Periode { $round }: pemesanan dibuka pada { $opens }
attract-countdown = Dibuka dalam { $time }
attract-round-closed = Periode { $round } sudah ditutup. Silakan tunggu pengumuman periode berikutnya.
attract-connecting = Sedang menyambung. Mohon tunggu.
attract-start = Mulai

## Card
card-insert-title = Silakan masukkan kartu NHI
card-insert-body = Sisi chip menghadap ke atas. Masukkan kartu ke pembaca sesuai arah panah.
card-ways = Tanpa kartu: cara lain
card-reading-title = Kartu sedang dibaca, mohon tunggu
card-reading-body = Mohon jangan cabut kartu selama dibaca.
card-unreadable-title = Kartu ini tidak terbaca
card-unreadable-body = Cabut kartu, pastikan chip menghadap ke atas, lap chip, lalu masukkan lagi. Jika tetap tidak terbaca, hubungi 0800-030-598.
card-other-title = Ini bukan kartu NHI
card-other-body = Cabut kartu ini dan masukkan kartu NHI Anda.
card-too-soon-title = Kartu dicabut terlalu cepat
card-too-soon-body = Silakan masukkan lagi dan tunggu sampai selesai dibaca.
card-no-reader-title = Pembaca kartu sedang tidak berfungsi
card-no-reader-body = Silakan tanya petugas, atau datang ke toko, apotek, atau puskesmas lain.

## Language and privacy
language-title = Silakan pilih bahasa
privacy-title = Pemberitahuan privasi
privacy-what = Data yang dipakai: nama, nomor KTP atau ARC, nomor kartu, dan tanggal lahir di kartu NHI, serta nomor ponsel Anda.
privacy-why = Tujuan: memeriksa apakah Anda boleh divaksin, memesan jadwal, dan mengirim SMS. Tidak untuk hal lain.
privacy-kept = Penyimpanan: mesin ini tidak menyimpan data dan menghapusnya setelah selesai. Sistem menyimpan pemesanan sesuai hukum.
privacy-agree = Saya sudah baca dan setuju
privacy-decline = Tidak setuju, keluar

## Waiting
wait-standing = Memeriksa apakah Anda boleh memesan
wait-graphic = Menyiapkan kode gambar
wait-found = Mencari pemesanan
wait-seats = Mencari tempat kosong di tiap wilayah
wait-sites = Mencari lokasi vaksinasi
wait-slots = Mencari waktu yang masih kosong
wait-retry-title = Saat ini tidak ada koneksi
wait-retry-body = Dicoba lagi dalam { $seconds } detik (percobaan ke-{ $attempt }). Data yang Anda masukkan tetap tersimpan.
wait-retry-now = Coba lagi sekarang

## Why not
unknown-person-title = Nomor kartu salah, atau Anda bukan sasaran periode ini
unknown-person-next = Pastikan ini kartu NHI Anda sendiri dan masih berlaku. Ada pertanyaan? Hubungi 1922.
try-again = Coba lagi
too-many-wrong-title = Terlalu banyak kesalahan. Silakan tunggu { $time }
too-many-wrong-next = Ini untuk melindungi data Anda. Silakan tunggu, atau masukkan kartu NHI. Ada pertanyaan? Hubungi 1922.
failed-title = Layanan ini sedang tidak tersedia
failed-next = Silakan coba lagi nanti, atau hubungi 1922 dan sebutkan kode { $code }.
refusal-code = Kode { $code } (sebutkan saat menghubungi 1922)
refused-already-booked = Anda sudah punya pemesanan pada periode ini
refused-already-booked-next = Pilih “Pemesanan saya” untuk melihat tanggal dan lokasi.
refused-not-in-round = Anda bukan sasaran vaksinasi periode ini
refused-not-in-round-next = Silakan tunggu periode berikutnya. Ada pertanyaan? Hubungi 1922.
refused-not-registered = Anda belum mendaftarkan minat vaksin
refused-not-registered-next = Silakan pilih “Daftar minat vaksin”. Anda akan menerima SMS jika sudah boleh memesan.
refused-too-late = Anda mendaftar setelah batas waktu periode ini ({ $until })
refused-too-late-next = Pendaftaran Anda tetap berlaku. Silakan tunggu SMS periode berikutnya.
refused-brand = Vaksin periode ini bukan jenis yang Anda pilih saat mendaftar
refused-brand-next = Setelah periode ini Anda dapat mengubah pendaftaran dan menunggu periode berikutnya.
refused-not-open = Pemesanan belum dibuka. Dibuka pada { $opens }
refused-not-open-next = Silakan datang lagi setelah dibuka. Urutan pendaftaran tidak berpengaruh.
refused-closed = Pemesanan periode ini ditutup pada { $closed }
refused-closed-next = Silakan tunggu pengumuman periode berikutnya.
refused-full = Waktu ini baru saja penuh
refused-full-next = Silakan pilih waktu lain. Data lainnya tetap tersimpan.
refused-gone = Waktu ini tidak bisa dipesan lagi
refused-age = Kelompok usia Anda bisa memesan mulai { $opens }
refused-age-next = Periode ini dibuka bergiliran menurut usia. Silakan datang lagi setelah waktu di atas.
refused-counties = Periode ini hanya untuk beberapa wilayah, bukan wilayah yang Anda daftarkan
refused-counties-next = Pendaftaran Anda tetap berlaku. Silakan tunggu SMS periode berikutnya.
refused-registration-not-open = Pendaftaran belum dibuka. Dibuka pada { $opens }
refused-registration-not-open-next = Silakan datang lagi setelah dibuka.
refused-registration-closed = Pendaftaran periode ini ditutup pada { $closed }
refused-registration-closed-next = Silakan tunggu pengumuman periode berikutnya.
refused-counted = Pendaftaran Anda sudah dihitung untuk periode ini, tidak bisa diubah sebelum { $until }
refused-counted-next = Saat memesan Anda tetap bisa memakai nomor ponsel lain. Data lain dapat diubah setelah periode ini.
refused-no-booking = Pemesanan ini tidak ditemukan. Mungkin sudah dibatalkan
refused-no-booking-next = Silakan kembali ke awal dan lihat pemesanan Anda lagi.

## Service
service-title = Apa yang ingin Anda lakukan?
service-book = Pesan jadwal vaksin
service-intention = Daftar minat vaksin
service-intention-there = Sudah terdaftar: lihat, ubah, atau batalkan
service-intention-next = Batas periode ini sudah lewat: pendaftaran berlaku untuk periode berikutnya
service-my-booking = Pemesanan saya
service-no-booking = Anda belum punya pemesanan
service-help = Bantuan dan nomor hotline
service-help-detail = 1922, 1955, 0800-030-598

## Phone
phone-offer-title = SMS dikirim ke nomor ponsel yang mana?
phone-offer-registered = Nomor yang Anda daftarkan: { $mobile }
phone-offer-other = Masukkan nomor lain
phone-title = Silakan masukkan nomor ponsel
phone-hint = 10 angka, diawali 09
phone-erase = Hapus
phone-clear = Hapus semua
phone-check-title = Apakah nomor ponsel ini benar?
phone-check-hint = Periksa setiap angka. SMS pengingat dikirim ke nomor ini.
phone-yes = Ya, benar
phone-no = Salah, masukkan lagi
phone-wrong = Ini bukan nomor ponsel. Masukkan 10 angka, diawali 090 sampai 098.

## Region, site, slot
county-title = Silakan pilih kota atau kabupaten
district-title = Silakan pilih distrik di { $county }
region-registered = Wilayah saat mendaftar: { $district }
seats-free = Sisa { $seats }
seats-full = Penuh
no-sites = Belum ada lokasi vaksinasi di sini. Silakan kembali dan pilih wilayah lain.
site-title = Silakan pilih lokasi vaksinasi di { $district }
site-made-up = Semua tempat di bawah ini fiktif, hanya untuk pelatihan.
site-nearest = Terdekat yang masih kosong: { $district } (sekitar { $kilometres } km)
brand-az = AstraZeneca (AZ)
brand-moderna = Moderna
slot-title = Silakan pilih tanggal dan waktu
slot-hint = Dengan tombol angka: tekan angka tanggal dulu, lalu angka waktu.
slot-was-taken = Waktu yang Anda pilih baru saja penuh. Silakan pilih waktu lain. Data lainnya tetap tersimpan.
slot-all-full = Semua waktu di lokasi ini sudah penuh.
slot-other-site = Pilih lokasi lain

## Review and submit
review-title = Silakan periksa pemesanan Anda
review-person = { $name }   { $id }
review-phone = Nomor ponsel
review-place = Lokasi
review-time = Tanggal, waktu
review-change = Ubah
review-confirm = Konfirmasi dan pesan
review-intention-title = Periksa data pendaftaran Anda
review-intention-confirm = Kirim pendaftaran
review-move-title = Ubah ke waktu ini?
review-move-from = Pemesanan sekarang
review-move-confirm = Ubah (waktu lama tetap sampai yang baru pasti)
submit-title = Pemesanan sedang dikirim
submit-body = Mohon jangan cabut kartu. Nomor pemesanan akan muncul di sini.
submit-retry-title = Koneksi lambat, belum ada jawaban
submit-retry-body = Dikirim lagi dalam { $seconds } detik (percobaan ke-{ $attempt }).
submit-safe = Pemesanan yang dikirim tetap sama, jadi tidak akan ganda. Sebelum ada jawaban, pemesanan belum pasti berhasil.
submit-change-title = Sedang mengirim
submit-change-body = Mohon tunggu. Hasilnya akan ditampilkan.
submit-change-safe = Permintaan yang sama dikirim lagi, tidak menjadi dobel. Sebelum ada jawaban, belum pasti selesai.

## Receipt
receipt-title = Pemesanan berhasil
receipt-existing-title = Pemesanan Anda
receipt-moved-title = Pemesanan sudah diubah
receipt-number = Nomor pemesanan { $number }
receipt-made = Dipesan pada { $made }
receipt-when = Waktu
receipt-where = Lokasi
receipt-vaccine = Vaksin
receipt-phone = Nomor ponsel { $mobile }
receipt-reminder = Bawa kartu NHI dan identitas Anda, datang tepat waktu. Jika tidak datang, Anda harus memesan lagi pada periode berikutnya.
receipt-cancel-elsewhere = Pembatalan: 1922.gov.tw, aplikasi NHI, puskesmas, atau apotek.
receipt-qr-hint = Foto kode QR ini dan tunjukkan saat vaksinasi.
receipt-show-qr = Lihat QR
receipt-move = Ubah
receipt-cancel = Batalkan
receipt-done = Selesai

## The end of a session
farewell-finished = Terima kasih, sudah selesai
farewell-pulled = Kartu dicabut. Sesi ini berakhir
farewell-time-up = Waktu habis. Sesi ini berakhir
farewell-idle = Lama tidak ada kegiatan. Sesi ini berakhir
farewell-left = Anda sudah keluar
farewell-take-card = Silakan ambil kartu NHI Anda
farewell-wiped = Data Anda sudah dihapus dari mesin ini.
farewell-unsure = Hasil pemesanan belum diterima. Silakan masukkan kartu lagi dan pilih “Pemesanan saya” untuk memeriksanya.
idle-title = Apakah Anda masih di sini?
idle-body = Dalam { $seconds } detik sesi berakhir dan data Anda dihapus.
idle-stay = Ya, lanjutkan

## Help
help-title = Bantuan
help-keys-title = Cara memakai mesin ini
help-keys = Sentuh tombol, tekan tombol angka, atau pakai tombol panah dan Enter. Esc atau - untuk kembali, * beranda, / bantuan, . bahasa.
help-card-title = Di mana nomor kartu NHI?
help-card = 12 angka di kiri bawah sisi depan kartu NHI.
help-cancel-title = Bagaimana membatalkan pemesanan?
help-cancel = Selama pemesanan dibuka: di 1922.gov.tw, aplikasi NHI, puskesmas, atau apotek. Toko tidak bisa membatalkan.
help-lines-title = Nomor hotline
help-line-1922 = 1922   Pengendalian penyakit
help-line-1955 = 1955   Pekerja migran (ada LINE)
help-line-nhi = 0800-030-598, 4128-678   Asuransi kesehatan
help-line-165 = 165   Anti penipuan

## Pendaftaran, perubahan, pembatalan
brands-title = Pilih jenis vaksin
brands-hint = Semua sudah dipilih. Hilangkan centang yang tidak Anda inginkan.
brands-one-stays = Minimal satu harus tetap dipilih.
brands-confirm = Lanjut
intention-done = Pendaftaran selesai
intention-existing = Pendaftaran Anda
intention-number = Nomor pendaftaran { $number }
intention-not-a-turn = Nomor ini bukan urutan antrean.
intention-registered = Waktu pendaftaran
intention-region = Wilayah vaksinasi
intention-reminder = Ini baru pendaftaran. Anda akan menerima SMS jika sudah bisa memesan waktu.
intention-change = Ubah
intention-withdraw = Batalkan
withdraw-title = Batalkan pendaftaran?
withdraw-warning = Anda tidak akan menerima pemberitahuan. Bisa mendaftar lagi, tetapi waktunya dihitung baru.
withdraw-no = Tidak, simpan
withdraw-yes = Ya, batalkan
withdrawn-title = Pendaftaran dibatalkan
withdrawn-body = Jika berubah pikiran, Anda bisa mendaftar lagi.
cancel-title = Batalkan pemesanan vaksin ini?
cancel-warning = Tempat langsung diberikan kepada orang lain. Waktu yang sama mungkin tidak tersedia lagi.
cancel-no = Tidak, simpan
cancel-yes = Ya, batalkan
cancelled-title = Pemesanan dibatalkan
cancelled-body = Selama periode ini dibuka, Anda masih bisa memesan lagi.
notice-services = Kembali ke daftar layanan

## Cara masuk
ways-title = Pilih cara verifikasi identitas
way-card = Kartu NHI + kata sandi terdaftar
way-card-needs = Perlu: kartu NHI
way-app = Aplikasi NHI + kode OTP
way-app-needs = Perlu: nomor KTP atau ARC dan kode 6 angka
way-numbers = Nomor KTP + nomor kartu NHI
way-numbers-needs = Perlu: nomor KTP atau ARC dan 12 angka pada kartu
way-query = Cek pemesanan
way-query-needs = Hanya melihat: nomor KTP atau ARC dan 3 angka akhir ponsel
check-title = Pemeriksaan sistem
check-running = Sedang memeriksa. Mohon tunggu.
check-reader = Pembaca kartu
check-version = Versi pembaca
check-line = Koneksi
check-clock = Jam
check-printer = Printer
check-missing = Tidak ditemukan
check-millis = { $millis } md
check-seconds = Selisih { $seconds } detik
check-no-printer = Tidak ada
check-pass = ✓ Lulus
check-fail = ✗ Gagal
check-unneeded = — Tidak perlu
check-proceed = Selesai: lanjut verifikasi
check-again = Periksa lagi
entry-id = Masukkan nomor KTP atau ARC
entry-id-wrong = Nomor ini tidak benar. Hapus dan ketik lagi
entry-id-hint = Diawali huruf, seluruhnya 10 karakter.
entry-card = Masukkan nomor kartu NHI
entry-card-hint = 12 angka di kiri bawah bagian depan kartu.
entry-app = Masukkan kode OTP dari aplikasi NHI
entry-app-hint = Buka aplikasi dan pilih OTP kartu NHI. Kode 6 angka berlaku 3 menit.
entry-password = Masukkan kata sandi terdaftar (maks. 12 karakter)
entry-mobile-end = Masukkan 3 angka terakhir nomor ponsel
entry-mobile-end-hint = Nomor yang dipakai saat memesan.
entry-done = Selesai
graphic-title = Ketik 4 angka pada gambar
graphic-wrong = Tidak cocok. Coba gambar yang baru
graphic-new = Gambar lain
graphic-larger = Gambar besar
graphic-usual = Ukuran biasa
found-title = Pemesanan terakhir

## The trainer's drawer
drawer-title = Alat pelatihan
drawer-hint = Semua orang dan data di sini fiktif. F1 buka dan tutup, F2 dan F3 masukkan kartu, F4 cabut kartu.
drawer-may-book = Kartu: boleh memesan
drawer-migrant = Kartu: pekerja migran (ARC)
drawer-not-in-round = Kartu: bukan sasaran periode ini
drawer-booked = Kartu: sudah memesan
drawer-damaged = Kartu: rusak
drawer-pull = Cabut kartu
drawer-cut = Putuskan koneksi
drawer-mend = Sambungkan lagi
drawer-fill = Penuhi satu waktu
drawer-fill-none = Penuhi: hanya saat memilih waktu
drawer-jump = Lompat ke saat dibuka
drawer-no-card = Tidak ada kartu
drawer-quit = Tutup pelatihan

## vaxkiosk verify
verify-valid = Sah
verify-training = Bukti PELATIHAN: bukan pemesanan sungguhan
verify-round = Periode { $round }
verify-site = Nomor lokasi { $site }
verify-slot = Tanggal dan waktu { $slot }
verify-not-a-receipt = Tidak sah: ini bukan bukti pemesanan (harus diawali VAX1:).
verify-damaged = Tidak sah: isinya tidak lengkap atau rusak. Silakan pindai lagi.
verify-wrong-signature = Tidak sah: tanda tangan salah. Isinya diubah, atau bukan diterbitkan sistem ini.
verify-wrong-claims = Tidak sah: tanda tangan benar, tetapi ini bukan bukti pemesanan.
verify-bad-key = Berkas kunci publik harus berisi 64 angka heksadesimal. Silakan periksa berkas di --key.
terminal-needed = Silakan jalankan program ini di terminal (perlu layar dan papan tombol).

## vaxkiosk serve, admin, rush
config-unreadable = { $file } tidak dapat dibaca: { $cause }. Periksa lokasi dan izinnya.
config-toml = Kesalahan di berkas pengaturan ({ $at }): { $cause }
config-listen = Kesalahan di berkas pengaturan ({ $at }): listen harus berisi alamat dan porta, misalnya "127.0.0.1:8443".
config-database = Kesalahan di berkas pengaturan ({ $at }): database harus "sqlite:BERKAS" atau "postgres://…".
config-plain-outside = Kesalahan di berkas pengaturan ({ $at }): tanpa [tls] hanya alamat mesin ini sendiri (127.0.0.1) yang boleh dipakai. Tambahkan [tls], atau atur behind_a_proxy = true jika proksi yang mengenkripsi.
config-secret = Kesalahan di berkas kunci ({ $at }): harus 64 angka heksadesimal.
keys-missing = Berkas kunci { $file } tidak ada. Buat dengan: vaxkiosk admin keys
keys-open = Pengguna lain dapat membaca berkas kunci { $file }. Jalankan: chmod 600 { $file }
keys-training = { $file } berisi kunci pelatihan yang diketahui semua orang. Layanan sungguhan tidak boleh memakainya. Buat yang baru dengan: vaxkiosk admin keys
keys-made = Berkas kunci { $file } sudah dibuat. Simpan salinannya di tempat aman, jangan bersama basis data.
keys-public = Kunci publik untuk memeriksa bukti pemesanan: { $key }
database-failed = Kesalahan basis data: { $cause }. Periksa bagian database di pengaturan.
tls-failed = Kesalahan sertifikat: { $cause }. Periksa bagian [tls] di pengaturan.
listen-failed = Layanan tidak dapat dibuka di { $address }: { $cause }.
machine-failed = Kesalahan sistem: { $cause }
device-added = Mesin “{ $name }” ditambahkan. Tokennya (hanya ditampilkan sekali ini): { $token }
device-added-certificate = Mesin “{ $name }” ditambahkan dan dikenali lewat sertifikatnya.
device-taken = Sudah ada mesin dengan nama, token, atau sertifikat ini. Tidak ada yang diubah.
device-none = Belum ada mesin.
device-revoked = Mesin “{ $name }” dicabut. Layanan menolaknya dalam satu detik.
device-revoked-since = dicabut ({ $when })
device-unknown = Tidak ada mesin “{ $name }” yang sedang dipakai.
device-by-token = dipakai (token)
device-by-certificate = dipakai (sertifikat)
practice-made = Periode latihan dibuat: { $people } orang, { $kiosks } mesin, { $seats } tempat. Semuanya data rekaan.
practice-not-empty = Basis data tidak kosong. Periode latihan hanya dapat dibuat di basis data kosong.
rush-offered = Pemesanan dikirim
rush-booked = Pemesanan berhasil
rush-full = Pulang karena penuh
rush-refused = Ditolak menurut aturan
rush-errors = Kesalahan yang tidak pulih
rush-retries-busy = Coba lagi (layanan sibuk)
rush-retries-gone = Coba lagi (sambungan putus)
rush-p50 = Waktu jawab pemesanan: median
rush-p99 = Waktu jawab pemesanan: 99%
rush-max = Waktu jawab pemesanan: terlama
rush-bookings = Pemesanan per detik
rush-reads = Pembacaan per detik
rush-read-p99 = Waktu jawab pembacaan: 99%
rush-sent-again = Dikirim lagi dengan kunci sama
rush-answered-otherwise = … dijawab berbeda
audit-live = Audit: pemesanan yang ada
audit-missing = Audit: sudah dikonfirmasi tetapi hilang
audit-over = Audit: waktu melebihi kapasitas
audit-uncounted = Audit: waktu dengan pemesanan tak terhitung
audit-twice = Audit: orang memesan dua kali
audit-orphans = Audit: pemesanan tanpa orang atau waktu
audit-failed = Layanan tidak dapat diaudit.
rush-passed = Lulus: tidak ada yang hilang, tidak ada yang ganda.
rush-failed = Tidak lulus.
