//! Words of the seat: what it is, taking it up, giving it back, and what is needed where there is none.

use crate::{phrases, words};

words! {
    TITLE: "席位", "Seat";
    WHAT: "席位是協調官發的帳號：有了它，這支手機寫的紀錄才能送到中心，並標示為已驗證。看節點不需要席位。",
        "A seat is an account from a coordinator: with it, what this phone writes can reach the hub and is shown as verified. Finding a node needs none.";
    ACCOUNT: "帳號", "Account";
    ACCOUNT_HINT: "也可以貼上整個席位連結。", "You can also paste the whole seat link.";
    PASSWORD: "密碼", "Password";
    PASSWORD_HINT: "四組各四個字，大小寫不拘。", "Four groups of four characters; capitals do not matter.";
    SHOW_PASSWORD: "顯示密碼", "Show the password";
    TAKE: "領用這個席位", "Take up this seat";
    TAKING: "確認中…", "Checking…";
    SCAN: "拍下席位的 QR 碼", "Take a photo of the seat's QR code";
    SCAN_FAILED: "照片裡沒有看到席位的 QR 碼。靠近一點、讓它佔滿畫面再拍一次，或直接輸入。",
        "There is no seat's QR code to be read in that photo. Move closer, let it fill the picture, and try again; or type it in.";
    FROM_LINK: "已填好，請確認後領用。", "Filled in. Check it, then take up the seat.";
    TAKEN: "已領用席位。", "The seat is taken up.";
    IOS_FIRST: "iPhone、iPad 請先安裝", "On iPhone and iPad, install first";
    IOS_FIRST_NOTE: "安裝後的 App 和 Safari 的資料是分開的；沒安裝的話，七天沒開資料就會被清掉。先按分享、選「加入主畫面」，再從主畫面打開 App 領用席位。",
        "The installed app does not share Safari's data, and Safari clears data after seven idle days. Press Share, choose Add to Home Screen, then open the app from there and take up the seat.";

    BAD_ACCOUNT: "帳號的格式不對：只有小寫英文字母、數字和「-」。", "That is not an account name: small letters, digits and hyphens only.";
    NO_PASSWORD: "請輸入密碼。", "Please enter the password.";
    REFUSED: "中心不認得這個帳號，或密碼不對。請對照發給你的席位卡再試一次。",
        "The hub does not know this account, or the password is wrong. Compare it with your seat card and try again.";
    LOCKED: "密碼錯太多次，帳號暫時鎖住。請等五分鐘再試。", "Too many wrong passwords: the account is locked for a while. Try again in five minutes.";
    UNREACHABLE: "連不到中心，這支手機上也還沒有這個席位的憑證。連上網路後再試一次；填的內容還在。",
        "The hub can't be reached, and this phone does not have this seat's credential yet. Try again with a network; what you entered is still here.";
    NOT_KEPT: "手機沒有存下來。請確認不是無痕模式，再試一次。", "The phone could not keep it. Make sure this is not private mode, and try again.";

    YOURS: "這支手機的席位", "This phone's seat";
    ROLE: "身分", "Role";
    NODES: "節點", "Nodes";
    ALL_NODES: "全地區", "The whole region";
    REGION: "地區", "Region";
    OTHER_REGION: "席位屬於別的地區；在現在顯示的地區，紀錄送不出去。", "The seat is for another region: in the one shown now, records can't be sent.";
    NO_ROLE: "還不知道", "Not known yet";
    NEXT: "接下來", "What now";
    GO_CHECK_IN: "到節點報到", "Check in at a node";
    GO_CHECKLIST: "看檢核表", "Open the checklist";
    GIVE_BACK: "歸還席位", "Give the seat back";
    GIVE_BACK_TITLE: "歸還這個席位？", "Give this seat back?";
    GIVE_BACK_NOTE: "這支手機會忘記密碼。紀錄都會留著；還沒送出的會繼續等，領用席位後再送。",
        "This phone forgets the password. All records stay; unsent ones wait until a seat is taken up again.";
    GIVEN_BACK: "已歸還席位，紀錄都還在。", "The seat is given back; the records are all still here.";

    NEEDS_SEAT: "要先領用這個節點的席位，才能在這裡記錄。內容可以先看。",
        "To record something here, take up a seat for this node first. You can read everything.";
    NEEDS_REGION: "這支手機的席位屬於別的地區，不能在這裡記錄。", "This phone's seat is for another region: it can't record anything here.";
    NEEDS_NODE: "這支手機的席位不負責這個節點，不能在這裡記錄。", "This phone's seat is not for this node: it can't record anything here.";
    NEEDS_MANAGER: "這要由節點負責人或協調官的席位來做。", "This takes the seat of a node manager or a coordinator.";
}

phrases! {
    fn unsent(n: usize): "還有 {n} 件沒送達中心。", "{n} are not at the hub yet.";
}
