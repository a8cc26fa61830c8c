"""What kind of device a browser says it runs on: three kinds, nothing finer, never a fingerprint."""


def device_of(user_agent: str) -> str:
    """ "phone", "tablet" or "computer"; "" for a browser that does not say."""
    if not user_agent:
        return ""
    if "iPad" in user_agent or "Tablet" in user_agent or ("Android" in user_agent and "Mobi" not in user_agent):
        return "tablet"
    return "phone" if "Mobi" in user_agent else "computer"
