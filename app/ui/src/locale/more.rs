//! Words of the screen with everything else.

use crate::{phrases, words};

words! {
    TITLE: "更多", "More";
    SEAT_NONE_NOTE: "志工、節點負責人、協調官才需要。", "Only volunteers, node managers and coordinators need one.";
    RECORDS_NOTE: "這支手機寫的每一筆，和它送到哪裡了。", "Everything this phone wrote, and where it stands.";
    REGION: "地區", "Region";
    NO_REGION: "還沒有地區資料", "No region yet";
    ABOUT: "關於 CivMesh", "About CivMesh";
    LANGUAGE: "語言", "Language";
    THEME: "亮度", "Theme";
    THEME_SYSTEM: "跟手機", "As the phone";
    THEME_LIGHT: "亮", "Light";
    THEME_DARK: "暗", "Dark";
    ON_PHONE: "在這支手機上", "On this phone";
    READY: "離線也能打開", "Opens without a network";
    NOT_READY: "還不能離線打開：請在有網路時多等一下。", "Does not open without a network yet: keep it open for a moment while there is one.";
    KEPT: "手機答應保留資料", "The phone promises to keep the data";
    NOT_KEPT: "手機空間不足時，可能會清掉資料", "The phone may clear the data when it runs out of room";
    KEEP_UNKNOWN: "手機沒有說會不會保留資料", "The phone does not say whether it keeps the data";
    ASK_KEEP: "請手機保留", "Ask it to keep the data";
    ASK_REFUSED: "手機沒有答應。安裝到主畫面、常用幾次後再試。", "The phone did not promise. Install the app, use it a few times, and ask again.";
    ASK_KEPT: "手機答應保留資料。", "The phone promises to keep the data.";
    SENDS_CLOSED: "關掉 App 也會送：手機一連上網路，就在背景送出還沒送的紀錄", "Sends with the app closed too: once the phone finds a network, what waits goes out in the background";
    SENDS_CLOSED_NOTE: "什麼時候送由手機決定；省電或限制背景時會等到下次打開。", "The phone decides when. Where it saves power or limits the background, it waits until the app is next opened.";
    SENDS_OPEN: "打開 App 時才會送：這個瀏覽器不在背景送", "Sends when the app is opened: this browser does not do it in the background";
    INSTALL: "安裝到主畫面", "Install the app";
    INSTALL_NOTE: "安裝後像 App 一樣打開，也更不容易被手機清掉。", "It then opens like an app, and the phone is less likely to clear it.";
    INSTALL_IOS: "在 Safari 按分享鈕，選「加入主畫面」，之後從主畫面打開。", "In Safari press Share, choose Add to Home Screen, then open it from there.";
    INSTALL_MENU: "打開瀏覽器選單，選「安裝應用程式」或「加到主畫面」。", "Open the browser's menu and choose Install app or Add to Home screen.";
    INSTALL_NOW: "安裝", "Install";
    INSTALLED: "已經安裝", "Installed already";
    UPDATE_READY: "新版本已備妥", "A new version is ready";
    UPDATE_NOTE: "現在換只要幾秒；不換也可以，下次打開再換。紀錄都會留著。",
        "Changing takes a few seconds. Or leave it: it changes when the app is next opened. All records stay.";
    UPDATE_NOW: "現在更新", "Update now";
}

phrases! {
    fn version(v: &str): "版本 {v}", "Version {v}";
    fn seat(role: &str, account: &str): "{role}・{account}", "{role} · {account}";
    fn unsent(n: usize): "{n} 件未送達中心", "{n} not at the hub";
}
