"""What operators decide on a screen: frozen values, each field documented, typed and checked.

Read them with `antenne.custody.selectors.setting_of`; a change is a new version, written with
`antenne.custody.services.setting_write`. Fields may be added freely: versions written before
have the default, and fields that are no more are passed over.
"""

from antenne.custody.settings.appearance import CategorySettings, PagesSettings, SiteSettings
from antenne.custody.settings.declaring import Setting, SettingRefused
from antenne.custody.settings.rules import (
    FeatureSettings,
    LimitsSettings,
    MailSecurity,
    MailSettings,
    PrivacySettings,
    Sensitive,
    SignUpMode,
    SignUpSettings,
)

__all__ = [
    "KINDS",
    "CategorySettings",
    "FeatureSettings",
    "LimitsSettings",
    "MailSecurity",
    "MailSettings",
    "PagesSettings",
    "PrivacySettings",
    "Sensitive",
    "Setting",
    "SettingRefused",
    "SignUpMode",
    "SignUpSettings",
    "SiteSettings",
]

KINDS: tuple[type[Setting], ...] = (
    SiteSettings,
    SignUpSettings,
    MailSettings,
    FeatureSettings,
    CategorySettings,
    PagesSettings,
    LimitsSettings,
    PrivacySettings,
)
"""Every kind of setting, in the order of the desk's screens."""
