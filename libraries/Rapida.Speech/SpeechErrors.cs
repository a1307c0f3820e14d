namespace Rapida.Speech;

/// <summary>A provider refused or failed. The message names the provider and holds neither words nor keys.</summary>
public class SpeechProviderException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A local engine is not installed. The message says what to install.</summary>
public sealed class SpeechEngineMissingException(string provider, string missing, string packages)
    : SpeechProviderException($"The speech engine {provider} is not installed: {missing} is missing. On Debian: apt-get install {packages}");

/// <summary>An assistant names a provider that does not exist here.</summary>
public sealed class UnknownSpeechProviderException(string role, string provider, IEnumerable<string> known)
    : SpeechProviderException($"There is no {role} provider \"{provider}\". There are: {string.Join(", ", known)}.");
