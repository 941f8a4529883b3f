"""The district form by hand in whole numbers, nothing generic, nothing checked: the limit to measure by.

Points are thousandths, so that a score out of 100 with two places converts to points out of 10 without a
remainder.
"""

from typing import Any


def total(t: dict[str, int]) -> int:
    """The rounded total in hundredths."""
    a = 5000 - 100 * t["basics.attribution.unlabelled"]
    s = a if a > 0 else 0
    a = 5000 - 2000 * t["basics.annual_report.late"] - 1000 * t["basics.annual_report.inaccurate"]
    s += a if a > 0 else 0
    a = 2000 - 100 * t["normative_documents.review.unfinished"]
    s += a if a > 0 else 0
    a = (
        2000
        - 100 * t["normative_documents.upload.unfinished"]
        - 100 * t["normative_documents.upload.nonstandard_format"]
    )
    s += a if a > 0 else 0
    a = (
        1000
        - 100 * t["normative_documents.website.unpublished"]
        - 100 * t["normative_documents.website.not_withdrawn"]
    )
    s += a if a > 0 else 0
    a = 10000 - 100 * t["platforms.website.stale_column"] - 500 * t["platforms.website.wording_error"]
    a -= 100 * t["platforms.website.late_rectification"] + 500 * t["platforms.website.security_flaw"]
    s += a if a > 0 else 0
    s += t["platforms.new_media.operation_score"]  # hundredths of a score out of 100 are thousandths of 10
    s += 4000 if t["platforms.service_area.inadequate"] else 5000
    a = 3000 - 100 * t["interpretation.synchrony.unsynchronised"]
    s += a if a > 0 else 0
    a = 3000 - 100 * t["interpretation.forms.hollow"]
    s += a if a > 0 else 0
    s += 10 * t["interpretation.targeting.assessed"]
    a = 5000 - 100 * t["standardisation.outdated_or_incomplete"]
    s += a if a > 0 else 0
    a = 4000 - 100 * t["on_request.procedure.unlawful_reply"]
    s += a if a > 0 else 0
    a = 4000 - 200 * t["on_request.reversals.reversed"]
    s += a if a > 0 else 0
    a = (
        2000
        - 100 * t["on_request.complaints.supervision_failure"]
        - 200 * t["on_request.complaints.confirmed_fault"]
    )
    s += a if a > 0 else 0
    a = 5000 - 100 * t["interaction.message_boards.late_response"]
    s += a if a > 0 else 0
    s += 4500 if t["interaction.open_month.poorly_organised"] else 5000
    s += 10 * t["organisation.leadership.assessed"]
    s += 10 * t["organisation.training.assessed"]
    s += 10 * t["organisation.appraisal.assessed"]
    s += 10 * t["organisation.guidance.assessed"]
    s += 10 * t["organisation.assigned_tasks.assessed"]
    s += 10 * t["innovation.measures.assessed"]
    a = 1000 * t["innovation.adoption.adopted.city"] + 3000 * t["innovation.adoption.adopted.province"]
    a += 5000 * t["innovation.adoption.adopted.state_council"]
    s += a if a < 5000 else 5000
    return (s + 5) // 10


def traced(t: dict[str, int]) -> tuple[int, tuple[tuple[int, int], ...], tuple[int, ...]]:
    """The rounded total in hundredths, a (raw, applied) pair for every rule, and the score of every item."""
    r1 = -100 * t["basics.attribution.unlabelled"]
    a1 = r1 if r1 > -5000 else -5000
    r2 = -2000 * t["basics.annual_report.late"]
    r3 = -1000 * t["basics.annual_report.inaccurate"]
    i1, i2 = 5000 + a1, 5000 + r2 + r3
    r4 = -100 * t["normative_documents.review.unfinished"]
    a4 = r4 if r4 > -2000 else -2000
    r5 = -100 * t["normative_documents.upload.unfinished"]
    a5 = r5 if r5 > -2000 else -2000
    left = 2000 + a5
    r6 = -100 * t["normative_documents.upload.nonstandard_format"]
    a6 = r6 if r6 > -left else -left
    i4 = left + a6
    r7 = -100 * t["normative_documents.website.unpublished"]
    a7 = r7 if r7 > -1000 else -1000
    left = 1000 + a7
    r8 = -100 * t["normative_documents.website.not_withdrawn"]
    a8 = r8 if r8 > -left else -left
    i3, i5 = 2000 + a4, left + a8
    r9 = -100 * t["platforms.website.stale_column"]
    a9 = r9 if r9 > -10000 else -10000
    left = 10000 + a9
    r10 = -500 * t["platforms.website.wording_error"]
    a10 = r10 if r10 > -left else -left
    left += a10
    r11 = -100 * t["platforms.website.late_rectification"]
    a11 = r11 if r11 > -left else -left
    left += a11
    r12 = -500 * t["platforms.website.security_flaw"]
    a12 = r12 if r12 > -left else -left
    i6 = left + a12
    i7 = t["platforms.new_media.operation_score"]
    r14 = -1000 if t["platforms.service_area.inadequate"] else 0
    i8 = 5000 + r14
    r15 = -100 * t["interpretation.synchrony.unsynchronised"]
    a15 = r15 if r15 > -3000 else -3000
    r16 = -100 * t["interpretation.forms.hollow"]
    a16 = r16 if r16 > -3000 else -3000
    i9, i10, i11 = 3000 + a15, 3000 + a16, 10 * t["interpretation.targeting.assessed"]
    r18 = -100 * t["standardisation.outdated_or_incomplete"]
    a18 = r18 if r18 > -5000 else -5000
    i12 = 5000 + a18
    r19 = -100 * t["on_request.procedure.unlawful_reply"]
    a19 = r19 if r19 > -4000 else -4000
    r20 = -200 * t["on_request.reversals.reversed"]
    a20 = r20 if r20 > -4000 else -4000
    r21 = -100 * t["on_request.complaints.supervision_failure"]
    a21 = r21 if r21 > -2000 else -2000
    left = 2000 + a21
    r22 = -200 * t["on_request.complaints.confirmed_fault"]
    a22 = r22 if r22 > -left else -left
    i13, i14, i15 = 4000 + a19, 4000 + a20, left + a22
    r23 = -100 * t["interaction.message_boards.late_response"]
    a23 = r23 if r23 > -5000 else -5000
    r24 = -500 if t["interaction.open_month.poorly_organised"] else 0
    i16, i17 = 5000 + a23, 5000 + r24
    i18 = 10 * t["organisation.leadership.assessed"]
    i19 = 10 * t["organisation.training.assessed"]
    i20 = 10 * t["organisation.appraisal.assessed"]
    i21 = 10 * t["organisation.guidance.assessed"]
    i22 = 10 * t["organisation.assigned_tasks.assessed"]
    i23 = 10 * t["innovation.measures.assessed"]
    r31 = 1000 * t["innovation.adoption.adopted.city"] + 3000 * t["innovation.adoption.adopted.province"]
    r31 += 5000 * t["innovation.adoption.adopted.state_council"]
    i24 = r31 if r31 < 5000 else 5000
    g1, g2, g3, g4 = i1 + i2, i3 + i4 + i5, i6 + i7 + i8, i9 + i10 + i11
    g6, g7, g8, g9 = i13 + i14 + i15, i16 + i17, i18 + i19 + i20 + i21 + i22, i23 + i24
    s = g1 + g2 + g3 + g4 + i12 + g6 + g7 + g8 + g9
    rules = (
        (r1, a1), (r2, r2), (r3, r3), (r4, a4), (r5, a5), (r6, a6), (r7, a7), (r8, a8), (r9, a9),
        (r10, a10), (r11, a11), (r12, a12), (i7, i7), (r14, r14), (r15, a15), (r16, a16), (i11, i11),
        (r18, a18), (r19, a19), (r20, a20), (r21, a21), (r22, a22), (r23, a23), (r24, r24), (i18, i18),
        (i19, i19), (i20, i20), (i21, i21), (i22, i22), (i23, i23), (r31, i24),
    )  # fmt: skip
    items = (
        s, g1, i1, i2, g2, i3, i4, i5, g3, i6, i7, i8, g4, i9, i10, i11, i12, g6, i13, i14, i15, g7, i16, i17,
        g8, i18, i19, i20, i21, i22, g9, i23, i24,
    )  # fmt: skip
    return (s + 5) // 10, rules, items


def traced_decimals(t: dict[str, Any]) -> tuple[int, tuple[tuple[int, int], ...], tuple[int, ...]]:
    """As `traced`, where what was judged and measured are decimals with two places."""
    return traced(
        {
            **t,
            "platforms.new_media.operation_score": int(t["platforms.new_media.operation_score"] * 100),
            "interpretation.targeting.assessed": int(t["interpretation.targeting.assessed"] * 100),
            "organisation.leadership.assessed": int(t["organisation.leadership.assessed"] * 100),
            "organisation.training.assessed": int(t["organisation.training.assessed"] * 100),
            "organisation.appraisal.assessed": int(t["organisation.appraisal.assessed"] * 100),
            "organisation.guidance.assessed": int(t["organisation.guidance.assessed"] * 100),
            "organisation.assigned_tasks.assessed": int(t["organisation.assigned_tasks.assessed"] * 100),
            "innovation.measures.assessed": int(t["innovation.measures.assessed"] * 100),
        }
    )
