//! Words of the badge.

use crate::{phrases, words};

words! {
    TITLE: "識別證", "Badge";
    ROW_NOTE: "給人看你是誰，或查驗別人。離線也行。", "Show who you are, or check somebody. Works offline.";
    MINE: "我的識別證", "My badge";
    MINE_NOTE: "每分鐘自動更新；拍照留存的很快就會失效。", "It renews itself every minute; a picture of it is soon worth nothing.";
    CODE: "識別證的 QR 碼", "QR code of the badge";
    NONE: "這支手機沒有憑證，所以沒有識別證。受邀加入後就會有。", "This phone holds no credential, so it has no badge. Being invited gives one.";
    FAILED: "現在做不出識別證。請關掉再打開一次。", "The badge can't be made just now. Close the app and open it again.";
    CHECK: "查驗別人", "Check somebody";
    CHECK_NOTE: "拍下對方手機上的識別證。不用網路。", "Take a photo of the badge on their phone. No network needed.";
    SCAN: "拍下對方的識別證", "Take a photo of their badge";
    UNREADABLE: "這不是識別證，或照片不夠清楚。靠近一點再拍一次。", "That is no badge, or the photo is not sharp enough. Move closer and try again.";
    PROVEN: "憑證有效", "The credential is valid";
    COMPARE: "請對照姓名和眼前的人。", "Compare the name with the person in front of you.";
    NO_NAME: "憑證沒有姓名。", "The credential has no name.";
    NOT_PROVEN: "不能採信", "Do not rely on it";

    NOT_INTACT: "簽章不符：識別證被改過，或不是那支手機做的。", "Broken signature: the badge was changed, or another phone made it.";
    STALE: "這是太久以前的識別證。請對方重新打開畫面再拍；如果還是一樣，其中一支手機的時間不準。",
        "This badge is too old. Ask them to open the screen anew and scan again; if it stays, one of the two clocks is wrong.";
    AHEAD: "識別證的時間在未來：其中一支手機的時間不準。", "The badge is from the future: one of the two clocks is wrong.";
    REVOKED: "這支手機已被撤銷。", "This phone was revoked.";
    NO_CREDENTIAL: "這支手機沒有這個地區的憑證。", "Nobody of this region vouches for this phone.";
    NOT_NOW: "憑證已過期，或還沒生效。", "The credential is over, or not valid yet.";
}

phrases! {
    fn shown_at(time: &str): "{time} 產生", "Made at {time}";
    fn checked_at(time: &str): "{time} 查驗", "checked at {time}";
}
