//! Words of answering an invitation.

use crate::words;

words! {
    TITLE: "加入", "Join";
    HAVE_INVITATION: "我有邀請", "I have an invitation";
    WHAT: "協調官邀請你時，用這裡掃他手機上的邀請。兩支手機都不需要網路，也沒有密碼要記。",
        "When a coordinator invites you, scan the invitation on their phone here. Neither phone needs a network, and there is no password to remember.";
    SCAN: "拍下邀請的 QR 碼", "Take a photo of the invitation";
    UNREADABLE: "這不是邀請，或照片不夠清楚。靠近一點、讓它佔滿畫面再拍一次。",
        "That is no invitation, or the photo is not sharp enough. Move closer, let it fill the picture, and try again.";
    OTHER_REGION: "這個邀請屬於別的地區。請先切換到那個地區。", "This invitation is for another region. Switch to that region first.";
    TOO_LATE: "這個邀請已經過期。請對方重新發一個。", "This invitation is over. Ask for a new one.";
    OFFERED: "邀請你擔任", "You are invited as";
    ROLE: "身分", "Role";
    KNOWN: "發邀請的人有這個地區的憑證。", "Whoever invites holds a credential of this region.";
    NOT_KNOWN: "這支手機還不認得發邀請的人。請當面確認是你認識的協調官；加入時會再查一次。",
        "This phone does not know who invites yet. Make sure it is the coordinator you know; it is checked again when you join.";
    REPLACES: "這支手機已有席位，加入後會換成新的。還沒送出的紀錄會留著。",
        "This phone holds a seat already; joining takes its place. Unsent records stay.";
    ACCEPT: "接受，產生我的回應", "Accept, and make my answer";
    MAKING: "產生金鑰中…", "Making the key…";
    STEP_SHOW: "1. 讓協調官掃這個回應", "1. Let the coordinator scan this answer";
    STEP_SHOW_NOTE: "這是你手機剛產生的公開金鑰。私鑰不會離開這支手機。",
        "It is the public half of the key this phone just made. The other half never leaves the phone.";
    ANSWER_CODE: "回應的 QR 碼", "QR code of the answer";
    STEP_TAKE: "2. 掃協調官手機上的憑證", "2. Scan the credential on the coordinator's phone";
    SCAN_ADMISSION: "拍下憑證的 QR 碼", "Take a photo of the credential";
    ADMISSION_UNREADABLE: "這不是憑證，或照片不夠清楚。靠近一點再拍一次。", "That is no credential, or the photo is not sharp enough. Move closer and try again.";
    NOT_FOR_US: "這個憑證是給別支手機的。請協調官再掃一次你的回應。", "This credential is for another phone. Ask the coordinator to scan your answer again.";
    NOT_VOUCHED: "發憑證的人沒有這個地區主管單位的授權。請勿使用，並告訴你認識的協調官。",
        "Whoever gave this has no authority from this region. Do not use it, and tell a coordinator you know.";
    NO_SEAT: "裡面沒有席位。請協調官重新邀請。", "There is no seat in it. Ask the coordinator for a new invitation.";
    GIVE_UP: "放棄這個邀請", "Drop this invitation";
    JOINED: "加入了。這支手機寫的紀錄會標示為已驗證。", "You have joined. What this phone writes is shown as verified.";
}
