using Rapida.Audio;
using Rapida.Speech;

namespace Rapida.MediaRelay.Pipeline;

/// <summary>What every session of this relay hears, thinks and speaks with.</summary>
internal sealed record Engines(SpeechProviders Speech, FixedPrompts Prompts, VoiceActivityDetectors Detectors);
