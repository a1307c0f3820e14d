namespace Rapida.TwilioEmulator.Calls;

/// <summary>Where the next TwiML comes from.</summary>
internal abstract record DocumentSource
{
    private DocumentSource()
    {
    }

    /// <summary>TwiML given inline, which has no URL against which relative ones resolve.</summary>
    internal sealed record Inline(string Twiml) : DocumentSource;

    /// <param name="Purpose">voice, action, redirect or update: for the report.</param>
    internal sealed record Remote(string Purpose, string Url, string Method) : DocumentSource
    {
        /// <summary>What the request carries beyond the fields of every request.</summary>
        public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];
    }
}
