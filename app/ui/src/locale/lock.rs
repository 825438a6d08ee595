//! Words of profiles, PINs and the locked phone.

use crate::words::Words;
use crate::{phrases, words};
use civmesh_domain::personnel::profile::sign::Sign;

words! {
    TITLE: "已鎖定", "Locked";
    WHAT: "工作人員的畫面和姓名、留言、照片要解鎖才看得到。找節點不用解鎖。",
        "Staff screens, names, words and photos take a PIN. Finding a node takes none.";
    WHO: "你是誰？", "Who are you?";
    PIN: "PIN 碼", "PIN";
    UNLOCK: "解鎖", "Unlock";
    CHECKING: "確認中…", "Checking…";
    WRONG: "PIN 碼不對。", "That PIN is wrong.";
    WAIT_NOTE: "PIN 碼錯太多次。等待時間只在開著 App 時計算，重開或改手機時間都不會變短。",
        "Too many wrong PINs. The wait counts only while the app is open; reloading or setting the clock does not shorten it.";
    TRIED_BEFORE: "已解鎖。上次解鎖之後，有人輸入過錯誤的 PIN 碼。", "Unlocked. Since the last time, wrong PINs were tried.";
    STILL_SENT: "鎖定時，還沒送出的紀錄會繼續送。", "While it is locked, records that wait are still being sent.";
    BY_PASSKEY: "用指紋、臉部或螢幕鎖解鎖", "Unlock by fingerprint, face or device lock";
    OR_PIN: "或輸入 PIN 碼", "or enter the PIN";
    ASKING: "請依照手機的提示操作…", "Your device is asking you now…";
    NOT_BY_PASSKEY: "沒有解鎖：已取消，或手機沒有認出你。可以再試一次，或輸入 PIN 碼。",
        "Not unlocked: it was cancelled, or the device did not recognise you. Try again, or enter the PIN.";
    PASSKEY_OPENS_NOTHING: "這支手機的通行密鑰打不開，請輸入 PIN 碼。", "This device's passkey does not open it. Enter the PIN.";
    SIGNED_OUT: "和中心的連線登入已到期，要解鎖才能繼續送出紀錄。紀錄都還在。",
        "The session at the hub has ended: records are sent again once you unlock. All of them are still here.";
    NO_PIN: "這個人沒有設 PIN 碼。", "This profile has no PIN.";
    OPEN: "使用", "Use it";
    LOCK: "鎖定", "Lock";
    SWITCH: "換人使用", "Change person";
    NEW_HERE: "我是新來的", "I am new on this phone";
    BACKSPACE: "刪除一個數字", "Delete one digit";

    NEW_TITLE: "在這支手機新增一個人", "Another person on this phone";
    NEW_NOTE: "每個人有自己的金鑰和 PIN 碼，看不到彼此的密碼和只給對方的內容。",
        "Each has a key and a PIN of their own, and sees neither the other's password nor what is for the other only.";
    SIGN: "代表圖樣", "Sign";
    SIGN_HINT: "在名單裡用它找到自己。不用姓名，撿到手機的人就不知道誰在這裡工作。",
        "By it you find yourself in the list. It is no name, so that whoever finds the phone does not learn who works here.";
    SIGN_KEPT: "已改。", "Changed.";
    ADDED: "已新增。接著領用席位或掃邀請。", "Added. Now take up a seat, or scan an invitation.";
    PIN_HINT: "6 到 12 個數字。", "6 to 12 digits.";
    PIN_NEW: "新的 PIN 碼", "New PIN";
    PIN_AGAIN: "再輸入一次", "The same once more";
    PIN_CURRENT: "現在的 PIN 碼", "Your present PIN";
    NEXT: "下一步", "Next";
    SET: "設定", "Set";
    SETTING: "加密中…", "Encrypting…";
    NOT_THE_SAME: "兩次不一樣，請重新設定。", "The two are not the same. Please start again.";
    TOO_SIMPLE: "太好猜了：不要全部相同或連號。", "Too easy to guess: not one digit over and over, and no rows.";

    PROFILES: "使用者與 PIN 碼", "People and PINs";
    PROFILES_WHAT: "幾個人輪流用一支手機時，各有各的金鑰。姓名、留言、照片和密碼在手機上是加密的，解鎖才打得開。",
        "Several people can share a phone, each with a key of their own. Names, words, photos and passwords are encrypted on it and open only when unlocked.";
    YOURS: "你的圖樣", "Your sign";
    WHY_PIN: "還沒有 PIN 碼：拿到這支手機的人什麼都看得到。PIN 碼忘了就無法找回，要重新領席位或重新邀請。",
        "There is no PIN yet: whoever has the phone sees everything. A PIN can't be recovered; if you forget it, take up the seat anew or be invited again.";
    HAS_PIN: "PIN 碼忘了就無法找回，要重新領席位或重新邀請。", "A PIN can't be recovered; if you forget it, take up the seat anew or be invited again.";
    BROWSER_KEEPS: "這個人的簽章金鑰由瀏覽器保管，拿不出來，PIN 碼沒辦法再加密它：PIN 碼擋住的是 App。要把金鑰也鎖在 PIN 碼裡，請另外新增一個人（先設 PIN 碼），再重新邀請。設定 PIN 碼之前寫下的內容，瀏覽器的檔案裡可能還會留一陣子。",
        "The browser keeps this profile's signing key and gives it to nobody, so the PIN can't encrypt it: the PIN stands before the app. To have the key behind the PIN too, add a profile with a PIN first and be invited again. What was written before the PIN was set may stay in the browser's files for a while.";
    SET_PIN: "設定 PIN 碼", "Set a PIN";
    CHANGE_PIN: "更換 PIN 碼", "Change the PIN";
    PIN_SET: "PIN 碼設好了。", "The PIN is set.";
    SAME_AS_OTHER: "不能和另一個 PIN 碼相同。沒有更動。", "It must not be the same as the other PIN. Nothing was changed.";
    IDLE: "多久沒動就鎖定", "Lock after";
    IDLE_HINT: "切到別的 App 時，最多 2 分鐘就鎖定。寫到一半的內容會留著，解鎖後繼續。",
        "In the background it locks after 2 minutes at most. What you have half written stays, and is there when you unlock.";
    IDLE_KEPT: "已改。", "Changed.";
    OTHERS: "其他人", "Other people";
    OTHERS_NOTE: "換人時按一下就鎖定，下一位用自己的圖樣和 PIN 碼進來。",
        "To hand the phone over, lock it: the next person comes in by their own sign and PIN.";
    ADD: "新增一個人", "Add a person";

    PASSKEY: "指紋、臉部或螢幕鎖", "Fingerprint, face or device lock";
    PASSKEY_WHAT: "用手機自己的解鎖方式進來，不必每次輸入 PIN 碼。PIN 碼還是有效：手機認不出你，或通行密鑰不見時，就用 PIN 碼。",
        "Come in by the device's own way of unlocking, without typing the PIN each time. The PIN stays: use it where the device does not recognise you, or the passkey is lost.";
    PASSKEY_WHO: "能解鎖這支手機的人，都能用它打開你的資料：每個登記過的指紋和臉，還有知道螢幕鎖密碼的人。好幾個人都會解鎖的手機，只用 PIN 碼比較安全。別人也可能強迫你按指紋或看鏡頭，這時脅迫 PIN 碼幫不上忙。通行密鑰可能會存進手機主人的 Google、Apple 等帳號，上面只有這個 App 的網址和你的圖樣，沒有姓名。",
        "Whoever can unlock this device then opens your profile: every finger and face it knows, and whoever knows its code. On a phone that several people unlock, a PIN alone is safer. A finger or a face can be forced, and the PIN under duress does not help there. The passkey may be kept in the account of the phone's owner (Google, Apple or another), under this app's address and your sign, without a name.";
    PASSKEY_ADD: "新增通行密鑰", "Add a passkey";
    PASSKEY_MAKE: "建立通行密鑰", "Create the passkey";
    PASSKEY_ADDED: "設好了，下次可以用指紋、臉部或螢幕鎖解鎖。", "It is set up: from now on fingerprint, face or device lock unlock it too.";
    PASSKEY_IS_SET: "已設定通行密鑰：可以用指紋、臉部或手機的螢幕鎖解鎖。更換 PIN 碼不影響它。",
        "A passkey is set up: fingerprint, face or the device's lock unlock this profile. Changing the PIN leaves it as it is.";
    PASSKEY_REMOVE: "移除通行密鑰", "Remove the passkey";
    PASSKEY_REMOVED: "通行密鑰已移除，只能用 PIN 碼解鎖。", "The passkey is removed. Only the PIN unlocks now.";
    PASSKEY_CANCELLED: "沒有設定：已取消，或手機沒有認出你。什麼都沒有更動。",
        "Not set up: it was cancelled, or the device did not recognise you. Nothing was changed.";
    PASSKEY_UNABLE: "這支手機或瀏覽器做不到：它的通行密鑰不能用來加密。App 沒有留下任何東西，請繼續用 PIN 碼。手機的通行密鑰清單裡如果多了一筆，可以刪掉。",
        "This device or browser can't do it: its passkeys give no key to encrypt with. The app kept nothing; go on with the PIN. If a passkey stays in the device's list, you can delete it there.";
    PASSKEY_NONE: "這個瀏覽器在這裡沒有通行密鑰可用，請用 PIN 碼。", "This browser offers no passkeys here. Use the PIN.";

    DURESS: "脅迫 PIN 碼", "PIN under duress";
    DURESS_WHAT: "另一組 PIN 碼。被逼著解鎖時輸入它，App 會清掉工作資料，看起來就像第一次打開的民眾手機。",
        "A second PIN. If you are forced to unlock, enter it: the app destroys what is staff's and looks as on a citizen's phone that opened it for the first time.";
    DURESS_DESTROYS: "它會立刻、永久刪除這支手機上所有人的席位、金鑰、姓名、留言、照片和紀錄，包括還沒送出的。無法復原。只留下地區和公開資料。瀏覽器檔案裡已刪除的內容，專業鑑識可能還找得到一陣子。",
        "It deletes at once and for ever the seats, keys, names, words, photos and records of everybody on this phone, unsent ones included. Nothing brings them back. Only the region and what is public stay. Forensics may find deleted data in the browser's files for a while.";
    DURESS_CHOOSE: "設定或取消", "Choose or take away";
    DURESS_NONE: "不要脅迫 PIN 碼", "No PIN under duress";
    DURESS_SET: "脅迫 PIN 碼設好了。", "The PIN under duress is set.";
    DURESS_GONE: "現在沒有脅迫 PIN 碼。", "There is no PIN under duress now.";

    REMOVE: "移除這個人", "Remove this profile";
    REMOVE_TITLE: "移除這個人？", "Remove this profile?";
    REMOVE_NOTE: "席位、密碼和金鑰會從這支手機刪除。寫過的紀錄留著，還沒送出的由下一個席位代送；只有這個人打得開的內容會打不開。",
        "Seat, password and keys are deleted from this phone. Records stay, and unsent ones go out with the next seat; what only this profile could open stays closed.";
    REMOVED: "已移除。", "Removed.";
    PIN_FIRST: "這支手機會離手、或幾個人共用嗎？先設 PIN 碼再加入，簽章金鑰才會鎖在 PIN 碼裡。",
        "Will this phone leave your hand, or be shared? Set a PIN before you join: then the key is behind it.";
    ROW_NOTE: "PIN 碼、輪流使用、鎖定。", "PINs, sharing the phone, locking.";
    OFFER: "給這個席位設一個 PIN 碼，手機離手時就看不到姓名和紀錄。", "Give this seat a PIN, so that names are closed when the phone leaves your hand.";
}

phrases! {
    fn digits(n: usize): "已輸入 {n} 個數字", "{n} digits entered";
    fn minutes(n: u32): "{n} 分鐘", "{n} min";
    fn wait_seconds(n: u64): "{n} 秒後再試", "Try again in {n} seconds";
    fn wait_minutes(m: u64, s: u64): "{m} 分 {s} 秒後再試", "Try again in {m} min {s} s";
}

/// The word of a sign.
pub const fn sign(sign: Sign) -> Words {
    let (zh, en) = match sign {
        Sign::Kite => ("風箏", "Kite"),
        Sign::Umbrella => ("雨傘", "Umbrella"),
        Sign::Teapot => ("茶壺", "Teapot"),
        Sign::Bicycle => ("腳踏車", "Bicycle"),
        Sign::Lantern => ("燈籠", "Lantern"),
        Sign::Drum => ("鼓", "Drum"),
        Sign::Anchor => ("船錨", "Anchor"),
        Sign::Bell => ("鈴鐺", "Bell"),
        Sign::Boat => ("小船", "Boat"),
        Sign::Bridge => ("橋", "Bridge"),
        Sign::Candle => ("蠟燭", "Candle"),
        Sign::Cloud => ("雲", "Cloud"),
        Sign::Ladder => ("梯子", "Ladder"),
        Sign::Leaf => ("葉子", "Leaf"),
        Sign::Moon => ("月亮", "Moon"),
        Sign::Mountain => ("山", "Mountain"),
        Sign::Pencil => ("鉛筆", "Pencil"),
        Sign::Shell => ("貝殼", "Shell"),
        Sign::Star => ("星星", "Star"),
        Sign::Sun => ("太陽", "Sun"),
        Sign::Tree => ("樹", "Tree"),
        Sign::Wheel => ("輪子", "Wheel"),
        Sign::Clock => ("時鐘", "Clock"),
        Sign::Basket => ("籃子", "Basket"),
    };
    Words { zh, en }
}
