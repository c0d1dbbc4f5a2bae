"""What is declared of the fields of `antenne.custody`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational, protected, public, restricted

MAP: dict[str, tuple[Entry, ...]] = {
    "custody.Region": (public("code digit name"),),
    "custody.Antenne": (operational("id name here created_at"),),
    "custody.Hosting": (operational("id antenne region"),),
    "custody.SettingVersion": (
        operational("id key number previous created_at", "for ever: versions are never changed"),
        protected("author reason signatures", "for ever: who changed what stays known"),
        restricted("value", "for ever: versions are never changed"),
    ),
    "custody.AuditEntry": (
        operational("id action subject_kind subject created_at", "PrivacySettings.audit_days"),
        protected("actor shown before after reason", "PrivacySettings.audit_days"),
    ),
}
