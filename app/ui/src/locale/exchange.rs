//! Words of handing codes from phone to phone.

use crate::words;

words! {
    PASTE_INSTEAD: "收到的是文字？在這裡貼上", "Did it come as a message? Paste it here";
    PASTE: "貼上收到的文字", "Paste what you received";
    TAKE_PASTED: "讀取", "Read it";
    SEND_AS_TEXT: "改用訊息傳送", "Send it as a message";
    COPIED: "已複製，可以貼到訊息裡。", "Copied. Paste it into a message.";
}
