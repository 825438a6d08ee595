//! Words of the people of a region: inviting, admitting, revoking.

use crate::{phrases, words};

words! {
    TITLE: "人員", "People";
    ROW_NOTE: "邀請人、看誰有憑證、撤銷手機。", "Invite people, see who holds a credential, revoke a phone.";
    WHAT: "誰可以代表哪個節點發言、到什麼時候為止。名字只有該節點的人員看得到。",
        "Who may speak for which node, and until when. Names are for that node's staff only.";
    FOR_COORDINATORS: "只有協調官可以邀請人和撤銷手機。名單大家都能看。", "Only coordinators invite people and revoke phones. Everybody may read the list.";
    INVITE: "邀請一個人", "Invite somebody";
    OPEN: "進行中的邀請", "Open invitations";
    WAITING: "等對方回應", "Waiting for the answer";
    ANSWERED: "已給憑證", "Credential given";
    EXPIRED: "已過期，沒有人回應", "Over; nobody answered";
    NAMELESS: "未具名", "No name";
    HOLDERS: "持有憑證的人", "Who holds a credential";
    FILTER: "搜尋姓名、節點或身分", "Search by name, node or role";
    NOBODY: "還沒有人有憑證，或還沒跟中心同步過。", "Nobody holds a credential yet, or this phone has not synced with the hub.";
    NOT_FOUND: "沒有符合的人。", "Nobody matches.";
    ROLE: "身分", "Role";
    NODES: "節點", "Nodes";
    SKILLS: "專長", "Skills";
    NO_SKILLS: "沒有登記", "None noted";
    UNTIL: "有效到", "Valid until";
    GIVEN_BY: "由誰發給", "Given by";
    AUTHORITY: "地區的主管單位", "The region's authority";
    KEY: "手機的金鑰", "The phone's key";
    READING_KEY: "讀取金鑰", "Its reading key";
    THIS_PHONE: "這支手機", "This phone";
    REVOKED: "已撤銷", "Revoked";
    OVER: "已過期", "Expired";
    NOT_YET: "尚未生效", "Not valid yet";

    STOCK: "備用席位", "Seats in stock";
    STOCK_NOTE: "每邀請一個人會用掉一個身分和節點相同的席位。檔案由中心的管理者產生。",
        "Each person admitted takes one seat of the same role and nodes. The hub's administrator makes the file.";
    LOAD_STOCK: "載入席位檔", "Load a file of seats";
    STOCK_NOT_READ: "這個檔案不是席位檔。請選中心管理者給的 JSON 檔。", "That is not a file of seats. Choose the JSON file from the hub's administrator.";

    NAME_HINT: "只給該節點的人員看，不會公開。", "For that node's staff only; never public.";
    FORM_ROLE: "擔任", "As";
    FORM_DAYS: "憑證有效期", "Valid for";
    DAY: "1 天", "1 day";
    WEEK: "7 天", "7 days";
    MONTH: "30 天", "30 days";
    YEAR: "1 年", "1 year";
    MAKE: "產生邀請", "Make the invitation";
    CHOOSE_NODE: "請先選節點。", "Choose a node first.";
    MISSING_NAME: "請填姓名，之後才認得出是誰。", "Enter a name, so that you know later who it is.";
    ALL_NODES: "全地區", "The whole region";

    STEP_SHOW: "1. 讓對方掃這個邀請", "1. Let them scan this invitation";
    STEP_SHOW_NOTE: "對方在「席位」選「我有邀請」，或直接用手機相機掃。只能用一次。",
        "They choose “I have an invitation” under Seat, or scan it with the phone's camera. It works once.";
    INVITATION_CODE: "邀請的 QR 碼", "QR code of the invitation";
    STEP_TAKE: "2. 掃對方手機上的回應", "2. Scan the answer on their phone";
    STEP_TAKE_NOTE: "先確認站在你面前的就是這個人。", "First make sure that the person in front of you is the one you invite.";
    SCAN_ANSWER: "拍下對方的回應", "Take a photo of their answer";
    ANSWER_UNREADABLE: "這不是邀請的回應，或照片不夠清楚。靠近一點再拍一次。",
        "That is no answer to an invitation, or the photo is not sharp enough. Move closer and try again.";
    STEP_GIVE: "3. 讓對方掃這個，就完成了", "3. Let them scan this, and it is done";
    STEP_GIVE_NOTE: "裡面是憑證和席位，只有對方那支手機打得開。", "It holds the credential and the seat. Only their phone can open it.";
    ADMISSION_CODE: "憑證的 QR 碼", "QR code of the credential";
    WITHDRAW: "取消邀請", "Withdraw the invitation";
    WITHDRAWN: "邀請已取消。", "The invitation is withdrawn.";
    FORGET: "從清單移除", "Remove from the list";
    FORGOTTEN: "已從清單移除，憑證還在。", "Removed from the list; the credential stays.";
    NO_SUCH: "這支手機沒有這個邀請。可能是在別支手機上發的，或已經取消。",
        "This phone has no such invitation: it was made on another phone, or withdrawn.";

    NOT_OURS: "這個邀請不是在這支手機上發的。請到發邀請的那支手機掃。", "This invitation was not made on this phone. Scan it with the phone that made it.";
    USED: "這個邀請已經有別支手機用過了。請重新發一個。", "Another phone has used this invitation already. Make a new one.";
    TOO_LATE: "邀請過期了。請重新發一個。", "The invitation is over. Make a new one.";
    MAY_NOT: "這支手機的憑證不能發這樣的憑證：身分、節點或期限超出自己的。",
        "This phone's credential does not allow it to give one like this: the role, nodes or time go beyond its own.";
    NO_SEAT: "沒有這個身分和節點的備用席位。請先載入席位檔，再掃一次。",
        "There is no seat in stock for this role and node. Load a file of seats, then scan again.";

    REVOKE: "撤銷這支手機", "Revoke this phone";
    REVOKE_TITLE: "撤銷這支手機？", "Revoke this phone?";
    REVOKE_NOTE: "手機遺失或落入他人手中時使用。現在這裡看得到的紀錄仍算已驗證；之後出現的一律標為未驗證，直到協調官接受。撤銷不能收回。",
        "For a phone that is lost or in wrong hands. What you can see of it here now stays verified; anything else by it is unverified until a coordinator accepts it. This can't be undone.";
    REVOKE_HUB: "中心的席位要由管理者另外停用。", "The hub's administrator also has to disable its seat there.";
    REVOKED_NOW: "已撤銷。有網路時會通知其他手機。", "Revoked. Other phones learn of it when there is a network.";
    ONLY_AUTHORITY: "這支手機可以再邀請別人，所以只有地區的主管單位能撤銷它。", "This phone may invite others, so only the region's authority can revoke it.";
    ACCEPT: "接受這筆紀錄", "Accept this record";
    ACCEPT_NOTE: "這支手機已撤銷。如果你確定這筆是對的（例如當面問過寫的人），可以接受它。",
        "This phone was revoked. If you are sure of this record, say because you asked whoever wrote it, you can accept it.";
    ACCEPTED: "已接受這筆紀錄。", "The record is accepted.";
}

phrases! {
    fn stock(n: usize, role: &str, place: &str): "{role}・{place}：{n} 個", "{role} · {place}: {n}";
    fn stocked(n: usize): "多了 {n} 個備用席位。", "{n} seats more in stock.";
    fn until(day: &str): "有效到 {day}", "Valid until {day}";
    fn accepted_count(n: usize): "目前看得到它寫的 {n} 筆已驗證紀錄，會繼續算數。", "{n} verified records by it are here; they keep counting.";
}
