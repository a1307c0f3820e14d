namespace Rapida.Speech;

/// <summary>An engine that has to be installed on this machine.</summary>
internal interface ILocalEngine
{
    /// <summary>What is not installed; null when the engine can be used.</summary>
    SpeechEngineMissingException? Missing { get; }

    /// <summary>Loads now what the first call would wait for. Returns at once.</summary>
    /// <exception cref="SpeechEngineMissingException">The engine is not installed.</exception>
    void WarmUp();
}
