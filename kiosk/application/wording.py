"""The fixed words of the page, in Japanese and in whichever language it is shown in besides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageWords:
    """What stands on every page of one language (BCP 47); {names} are filled in.

    `note` says on the page in another language that the Japanese one is signed with it.
    """

    language: str
    demo: str
    banner: str
    number: str
    page: str
    card: str
    corrected: str
    to: str
    date: str
    item: str
    content: str
    card_note: str
    corrected_note: str
    confirmed: str
    signature: str
    signature_is: str
    signature_not: str
    made: str
    machine: str
    form: str
    version: str
    clock: str
    note: str = ""


JAPANESE = PageWords(
    language="ja",
    demo="模擬",
    banner="模擬（デモンストレーション）　この申請書に効力はありません",
    number="申請番号",
    page="{page} / {pages} ページ",
    card="カード",
    corrected="訂正",
    to="{receiver}　あて",
    date="申請日",
    item="項目",
    content="申請の内容",
    card_note="マイナンバーカードの記載のとおり",
    corrected_note="カードの記載を申請者が訂正",
    confirmed="申請者が確認した事項",
    signature="電子署名",
    signature_is="マイナンバーカードの署名用電子証明書により電子署名します。",
    signature_not="電子署名のない写しは、申請書としての効力をもちません。",
    made="作成日時",
    machine="作成端末",
    form="様式",
    version="{form}　第{version}版",
    clock="{moment}（端末の時計は未確認）",
)
