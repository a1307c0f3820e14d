namespace Twilio.Base;

/// <summary>Base of what the API returns.</summary>
public abstract class Resource;
