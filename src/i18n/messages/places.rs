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

    // By the last character of the Chinese name: 區, 鎮, 鄉, 市
    DistrictOfCity = "district-of-city" { name };
    DistrictTown = "district-town" { name };
    DistrictTownship = "district-township" { name };
    DistrictCity = "district-city" { name };
    DistrictInCounty = "district-in-county" { district, county };
}
