namespace Rapida.TwilioEmulator.Caller;

/// <summary>What became of a cue. Times ending in <c>AfterMs</c> count from its beginning, the others are milliseconds of the line.</summary>
/// <param name="StartMs">Null: its moment never came.</param>
/// <param name="EndMs">Null: the line closed before.</param>
/// <param name="WasSpeaking">The far end was speaking when the cue began, and not just falling silent by itself.</param>
/// <param name="SilencedAfterMs">The far end fell silent for 600 ms or more, which began within 1,500 ms; null: it did not.</param>
/// <param name="Resumed">Within the same time it made a shorter pause, of 200 ms or more, and went on.</param>
/// <param name="LongestPauseMs">The longest such pause, or the longest quiet between two words; 0: none.</param>
/// <param name="SpokeAgainAfterMs">When it spoke again after the silence.</param>
internal sealed record CueReport(
    int? StartMs, int? EndMs, bool WasSpeaking, int? SilencedAfterMs, bool Resumed, int LongestPauseMs, int? SpokeAgainAfterMs);
