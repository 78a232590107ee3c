//! The names of Taiwan's 22 counties and cities, and how its districts are named.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    PLACES:
    CountyTaipei = "county-taipei";
    CountyKeelung = "county-keelung";
    CountyNewTaipei = "county-new-taipei";
    CountyLienchiang = "county-lienchiang";
    CountyYilan = "county-yilan";
    CountyHsinchuCity = "county-hsinchu-city";
    CountyHsinchu = "county-hsinchu";
    CountyTaoyuan = "county-taoyuan";
    CountyMiaoli = "county-miaoli";
    CountyTaichung = "county-taichung";
    CountyChanghua = "county-changhua";
    CountyNantou = "county-nantou";
    CountyChiayiCity = "county-chiayi-city";
    CountyChiayi = "county-chiayi";
    CountyYunlin = "county-yunlin";
    CountyTainan = "county-tainan";
    CountyKaohsiung = "county-kaohsiung";
    CountyPenghu = "county-penghu";
    CountyKinmen = "county-kinmen";
    CountyPingtung = "county-pingtung";
    CountyTaitung = "county-taitung";
    CountyHualien = "county-hualien";

    // The same where there is little room
    CountyTaipeiShort = "county-taipei-short";
    CountyKeelungShort = "county-keelung-short";
    CountyNewTaipeiShort = "county-new-taipei-short";
    CountyLienchiangShort = "county-lienchiang-short";
    CountyYilanShort = "county-yilan-short";
    CountyHsinchuCityShort = "county-hsinchu-city-short";
    CountyHsinchuShort = "county-hsinchu-short";
    CountyTaoyuanShort = "county-taoyuan-short";
    CountyMiaoliShort = "county-miaoli-short";
    CountyTaichungShort = "county-taichung-short";
    CountyChanghuaShort = "county-changhua-short";
    CountyNantouShort = "county-nantou-short";
    CountyChiayiCityShort = "county-chiayi-city-short";
    CountyChiayiShort = "county-chiayi-short";
    CountyYunlinShort = "county-yunlin-short";
    CountyTainanShort = "county-tainan-short";
    CountyKaohsiungShort = "county-kaohsiung-short";
    CountyPenghuShort = "county-penghu-short";
    CountyKinmenShort = "county-kinmen-short";
    CountyPingtungShort = "county-pingtung-short";
    CountyTaitungShort = "county-taitung-short";
    CountyHualienShort = "county-hualien-short";

    // By the last character of the Chinese name: 區, 鎮, 鄉, 市
    DistrictOfCity = "district-of-city" { name };
    DistrictTown = "district-town" { name };
    DistrictTownship = "district-township" { name };
    DistrictCity = "district-city" { name };
    DistrictInCounty = "district-in-county" { district, county };
}
