"""What WhatsApp writes by itself, in the languages of phones. Data for whatsapp.py, no code.

Collected from public issue trackers and localised help pages. In a language that is missing here the
chat is read all the same, but what Android puts in place of media counts as said.
"""

from __future__ import annotations

# Half of the day, without dots and spaces -> hours to add.
HALF_DAYS = {
    **dict.fromkeys(("am", "öö", "sa", "de", "pd", "πμ", "проб", "ص", "قظ", "לפנה״צ"), 0),
    **dict.fromkeys(("上午", "凌晨", "清晨", "早上", "오전", "午前"), 0),
    **dict.fromkeys(("pm", "ös", "ch", "du", "md", "μμ", "слоб", "م", "بظ", "אחה״צ"), 12),
    **dict.fromkeys(("下午", "中午", "晚上", "오후", "午後"), 12),
}

# Said of a picture, video or file that the export does not hold; alternatives of a pattern.
LEFT_OUT = (
    "omitted|ausgeschlossen|weggelassen|ausgelassen|omitid[oa]s?|ocultad[oa]|oculta|omis|absente|"
    "manquante?|retiré|omess[aoie]|non inclus[ao]|esclus[ao]|não revelado|weggelaten|utelämnad|utelatt|"
    "udeladt|jätetty pois|pominięt[oy]|dahil edilmedi|Без медиафайлов|отсутствует|пропущено|"
    "tidak disertakan|含まれていません|除く|省略|忽略|생략됨|제외|استبعاد الوسائط|غير مدرجة?|शामिल नहीं|"
    "vynechán[ao]?|bỏ qua"
)
# What may be left out, where the phone did not put it in angle brackets.
MEDIA = (
    "image|video|audio|sticker|gif|document|contact card|bild|dokument|kontaktkarte|imagen|vídeo|"
    "documento|tarjeta de contacto|vidéo|immagine|imagem|áudio|figurinha|afbeelding|görüntü|ses|"
    "изображение|видео|аудиофайл|стикер|画像は?|動画は?|音声は?|ステッカーは?|图像已?|图片已?|视频已?|"
    "音频已?|贴图已?|影像已?|이미지|동영상|오디오|obraz|gambar"
)
# Stems in "<This message was edited>".
EDITED = (
    "edited|bearbeitet|editó|editado|editada|modifié|modificato|bewerkt|düzenlendi|изменен|編集|编辑|"
    "編輯|편집|edytowan|redigerat|muokattu|تعديل"
)
# Whole messages, casefolded, without brackets and full stop.
DELETIONS = frozenset(
    line.strip().casefold()
    for line in """
    This message was deleted | You deleted this message
    Diese Nachricht wurde gelöscht | Du hast diese Nachricht gelöscht
    Se eliminó este mensaje | Eliminaste este mensaje | Este mensaje fue eliminado
    Ce message a été supprimé | Vous avez supprimé ce message
    Questo messaggio è stato eliminato | Hai eliminato questo messaggio
    Mensagem apagada | Esta mensagem foi apagada | Você apagou esta mensagem | Apagou esta mensagem
    Dit bericht is verwijderd | Je hebt dit bericht verwijderd | U hebt dit bericht verwijderd
    Bu mesaj silindi | Bu mesajı sildiniz
    Данное сообщение удалено | Вы удалили данное сообщение
    このメッセージは削除されました | このメッセージを削除しました
    此消息已删除 | 您删除了这条消息 | 你已刪除此訊息 | 此訊息已刪除
    삭제된 메시지입니다 | 이 메시지를 삭제했습니다 | 삭제한 메시지입니다
    Ta wiadomość została usunięta | Usunięto tę wiadomość
    تم حذف هذه الرسالة | حذفت هذه الرسالة
    Detta meddelande raderades | Du raderade det här meddelandet
    Tämä viesti poistettiin | Poistit tämän viestin
    """.replace("|", "\n").splitlines()
    if line.strip()
)
