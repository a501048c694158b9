# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Receipts to try pages with: Dutch, a language that runs the other way, and an urgent one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.case import CaseState
from domain.receipt import Receipt, ReceiptTexts

DUTCH = ReceiptTexts(
    title="U gaat verhuizen",
    saved="Uw vraag is bewaard.",
    number_label="Uw nummer",
    code_label="Uw code",
    status="Uw vraag ligt nog hier. De gemeente heeft hem nog niet. Vandaag proberen wij het opnieuw.",
    you_do_title="Dit doet u",
    we_do_title="Dit doen wij",
    you_do=("Bewaar dit papier.", "Zeg uw nieuwe adres ook aan uw verzekering. Doe dat voor 1 december 2026."),
    we_do=(
        "Wij kijken naar uw vraag voor 27 november 2026.",
        "Op 1 december 2026 staat uw nieuwe adres goed.",
        "U krijgt een brief van ons.",
    ),
    bring_title="Neem mee",
    bring=("Uw paspoort of ID-kaart", "Uw huurcontract of koopcontract"),
    advice=("Hoe ver is mijn vraag? Typ uw nummer en uw code op een scherm van Loket.",),
    effect="",
    late="Zijn wij te laat? Dan is dat onze fout. Bel 14 000.",
    contact="Hebt u een vraag? Bel Team Burgerzaken. Het nummer is 14 000.",
    date_line="zaterdag 21 november 2026, 10.30 uur",
    dates=("1 december 2026", "27 november 2026"),
)

ARABIC = ReceiptTexts(
    title="سوف تنتقل إلى بيت جديد",
    saved="تم حفظ طلبك.",
    number_label="رقمك",
    code_label="رمزك",
    status="طلبك ما زال هنا. البلدية لم تستلمه بعد. سنحاول مرة أخرى اليوم.",
    you_do_title="ما تفعله أنت",
    we_do_title="ما نفعله نحن",
    you_do=("احتفظ بهذه الورقة.", "أخبر شركة التأمين (العنوان الجديد) قبل 1 ديسمبر 2026."),
    we_do=("ننظر في طلبك قبل 27 نوفمبر 2026.", "في 1 ديسمبر 2026 يكون عنوانك الجديد صحيحا.", "ستصلك رسالة منا."),
    bring_title="أحضر معك",
    bring=("جواز السفر أو بطاقة الهوية", "عقد الإيجار أو عقد الشراء"),
    advice=("أين وصل طلبي؟ اكتب رقمك ورمزك على شاشة Loket.",),
    effect="",
    late="هل تأخرنا؟ هذا خطأنا. اتصل على 14 000.",
    contact="هل لديك سؤال؟ اتصل بفريق Burgerzaken على الرقم 14 000.",
    date_line="السبت 21 نوفمبر 2026، الساعة 10:30",
    dates=("1 ديسمبر 2026", "27 نوفمبر 2026"),
)


def dutch_receipt() -> Receipt:
    """Give an ordinary receipt."""
    return Receipt(
        reference="L26-4K7M-93PX-6",
        status_code="4821",
        submitted_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
        promised_on=date(2026, 11, 27),
        state=CaseState.PENDING,
        municipality="Gemeente Voorbeeldstad",
        phone="14 000",
        language="nl",
        texts=DUTCH,
        dutch=DUTCH,
    )


def arabic_receipt() -> Receipt:
    """Give a receipt in Arabic, with the Dutch."""
    return replace(dutch_receipt(), language="ar", texts=ARABIC)


def urgent_receipt() -> Receipt:
    """Give a receipt of somebody who cannot wait, and whose question is no legal act."""
    texts = replace(
        DUTCH, title="Hulp bij een brief", effect="Dit is nog geen bezwaar. Wij printen een brief. Zet uw handtekening."
    )
    haste = "Er is haast. Wacht niet op ons. Bel nu 14 000 of ga naar balie 1."
    return replace(dutch_receipt(), texts=texts, dutch=texts, is_urgent=True, haste=haste, dutch_haste=haste)
