//! Words for a phone in trouble: what happened, what is safe, what to do now.

use crate::{phrases, words};

words! {
    NOT_GIVEN: "這個瀏覽器不讓這裡儲存資料", "This browser does not let the app keep data";
    NOT_GIVEN_NOTE: "可能是無痕視窗，或設定不允許。找節點照常可用；在這裡寫的紀錄，關閉分頁就會消失。請改用一般視窗，或先安裝到主畫面再寫。",
        "It may be a private window, or a setting. Finding places works; what you write here is gone when this tab closes. Use an ordinary window, or install the app before you write.";
    NO_ROOM: "手機空間已滿，沒有地方儲存資料", "The phone is full: there is no room to keep data";
    NO_ROOM_NOTE: "找節點照常可用；在這裡寫的紀錄，關閉分頁就會消失。請清出空間，再重新開啟。",
        "Finding places works; what you write here is gone when this tab closes. Free some space, then open the app anew.";
    BROKEN: "瀏覽器打不開這支手機上的資料", "The browser can't open the data on this phone";
    BROKEN_NOTE: "資料沒有被刪除。請關閉所有分頁，重新啟動瀏覽器或手機再試。在那之前，找節點照常可用；在這裡寫的紀錄，關閉分頁就會消失。",
        "Nothing was deleted. Close all tabs, restart the browser or the phone, and try again. Until then finding places works, and what you write here is gone when this tab closes.";
    SAVE_NOW: "把未送出的紀錄存成檔案", "Save unsent records to a file";

    BLOCKED: "另一個分頁還開著舊版本", "Another tab still has an older version open";
    BLOCKED_NOTE: "資料都在，正等著更新。請關閉這個 App 的其他分頁和視窗；這裡會自動接著開啟。",
        "All data are there and wait to be updated. Close the app's other tabs and windows; this one then goes on by itself.";
    OUTDATED: "這個分頁是舊版本", "This tab is out of date";
    OUTDATED_NOTE: "新版本已在另一個分頁開啟。資料都在；這裡只能看、不能寫。請重新載入這一頁。",
        "A newer version is open in another tab. All data are there; here you can read, not write. Reload this page.";
    NEWER: "資料屬於較新的版本", "The data belong to a newer version";
    NEWER_NOTE: "資料都在；這裡只能看、不能寫。請重新載入；還是一樣的話，連上網路更新應用程式。",
        "All data are there; here you can read, not write. Reload this page; if that does not help, update the app with a network.";
    RELOAD: "重新載入", "Reload";

    FULL: "手機空間已滿", "The phone is full";
    FULL_NOTE: "已經記下的都安全，也還能看、還能送出；新的紀錄現在寫不進去。請把未送出的存成檔案，刪除一些照片或 App，再試一次。",
        "What was saved is safe, and can still be read and sent; nothing new can be written now. Save unsent records to a file, delete some photos or apps, then try again.";
    FULL_STILL: "還是沒有空間。已經記下的都安全。", "There is still no room. What was saved is safe.";
    FULL_OVER: "有空間了，可以繼續寫。", "There is room again: you can write.";

    UNREACHABLE: "現在連不到手機裡的資料", "The data on this phone can't be reached now";
    UNREACHABLE_NOTE: "已經記下的應該都還在。請重新載入；還是一樣的話，關閉所有分頁，重新啟動瀏覽器。",
        "What was saved should still be there. Reload this page; if that does not help, close all tabs and restart the browser.";

    REMOVED: "瀏覽器清掉了這支手機上的資料", "The browser removed the data on this phone";
    REMOVED_AT_HUB: "已送達中心的紀錄都還在中心，會再讀回來。", "What had reached the hub is still there, and comes back.";
    REMOVED_NONE: "清掉之前，全部都已送達。", "Before that, everything had arrived.";
    REMOVED_SEAT: "請重新領用席位；安裝到主畫面，手機比較不會再清掉。",
        "Take up your seat again; install the app, and the phone is less likely to do it again.";
    REMOVED_INSTALL: "安裝到主畫面，手機比較不會再清掉。", "Install the app, and the phone is less likely to do it again.";

    RESCUED: "這支手機上的資料有缺損，已經救回能讀的部分", "The data on this phone were damaged; what can be read was rescued";
    RESCUED_NOTE: "救回的都已重新存好，沒有收據的會再送一次；中心收過的不會重複。缺少的會從中心再讀回來。",
        "What was rescued is kept again, and what has no receipt is sent once more; the hub takes nothing twice. What is missing comes back from the hub.";
    READ_IT: "知道了", "Got it";

    STRIP_NOT_KEPT: "這裡不會保留", "Nothing is kept here";
    STRIP_FULL: "手機已滿，寫不進去", "Phone full: can't write";
    STRIP_READ_ONLY: "只能看，不能寫", "Read only";
    STRIP_LOST: "連不到手機裡的資料", "This phone's data can't be reached";
    STRIP_BLOCKED: "等另一個分頁關閉", "Waiting for another tab to close";
}

phrases! {
    fn removed_unsent(n: usize): "最後一次看到時有 {n} 件未送達，已經不在這支手機，請重新填寫。", "{n} had not arrived when last seen and are no longer on this phone: please enter them anew.";
    fn removed_saved(n: usize): "其中 {n} 筆從畫面上救回，會再送出；附帶的姓名、文字和照片不在了。", "{n} were rescued from the screen and will be sent; names, words and photos beside them are gone.";
    fn rescued(records: usize, unsent: usize): "救回 {records} 筆紀錄，其中 {unsent} 件等待送出。", "{records} records were rescued; {unsent} things wait to be sent.";
    fn rescued_lost(n: usize): "{n} 筆讀不出來。", "{n} could not be read.";
    fn damaged(n: usize): "這支手機上有 {n} 筆讀不出來，已略過；其他都正常。", "{n} on this phone could not be read and were passed over; all the rest is well.";
    fn clock_behind(by: &str): "手機時間慢 {by}", "This phone's clock is {by} behind";
    fn clock_ahead(by: &str): "手機時間快 {by}", "This phone's clock is {by} ahead";
    fn minutes(n: u64): "{n} 分鐘", "{n} min";
    fn hours(n: u64): "{n} 小時", "{n} h";
    fn days(n: u64): "{n} 天", "{n} days";
    fn years(n: u64): "{n} 年", "{n} years";
}
